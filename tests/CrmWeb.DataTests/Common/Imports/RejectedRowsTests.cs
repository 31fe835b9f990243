using System.Globalization;
using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>Rows that were refused come out with their reasons, are put right, and go in again: they and no others.</summary>
public sealed class RejectedRowsTests
{
    private const string File = """
        name,employees,email,parent,phone
        Halden Works,many,info@halden.example,,
        =Tranvik,12,no address,,
        Orsa,14,info@orsa.example,,+46 31 555 01 80
        Mora,x,info@mora.example,Nowhere,-
        Sater,15
        ,16,info@nobody.example,,

        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "Line", "Reason")]
    [InlineData("zh-Hans", "行号", "原因")]
    public async Task They_come_back_corrected_and_only_they_are_created(string language, string line, string reason)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        var import = new FileImport(scope);
        var id = await import.PrepareAsync("Customer", "firms.csv", Bytes(File));

        var first = await import.RunAsync(id, dryRun: false);
        var rejects = await RejectsAsync(scope, id);

        Assert.Equal((1, 0, 0, 5), FileImport.Counts(first));
        var rows = rejects.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"name,employees,email,parent,phone,{line},{reason}", rows[0]);
        Assert.Equal(["Halden Works,many,info@halden.example,,,2,", "'=Tranvik,12,no address,,,3,", "Mora,x,info@mora.example,Nowhere,'-,5,", "Sater,15,,,,6,", ",16,info@nobody.example,,,7,"],
            rows[1..].Select(r => r[..(r.IndexOf($",{LineOf(r)},", StringComparison.Ordinal) + 3)]));
        Assert.All(rows[1..], r => Assert.NotEqual("", r.Split($",{LineOf(r)},")[1].Trim('"')));

        var corrected = rejects.Replace("many", "13", StringComparison.Ordinal).Replace("no address", "info@tranvik.example", StringComparison.Ordinal)
            .Replace("x,info@mora.example,Nowhere", "17,info@mora.example,Halden Works", StringComparison.Ordinal).Replace("\r\n,16,", "\r\nNobody,16,", StringComparison.Ordinal);
        var second = await import.RunAsync(await import.PrepareAsync("Customer", "rejected-firms.csv", Bytes(corrected)), dryRun: false);

        Assert.Equal((5, 0, 0, 0), FileImport.Counts(second));
        var stored = await scope.Db.Set<Customer>().OrderBy(c => c.Name).Select(c => new { c.Name, c.Employees, Parent = c.Parent!.Name, c.Phone }).ToListAsync(Ct);
        Assert.Equal([("=Tranvik", 12), ("Halden Works", 13), ("Mora", 17), ("Nobody", 16), ("Orsa", 14), ("Sater", 15)], stored.Select(c => (c.Name, c.Employees!.Value)));
        Assert.Equal(("Halden Works", "-"), (stored[2].Parent, stored[2].Phone)); // the apostrophe of the file was never part of it
        Assert.Equal((0, 0, 5, 0), FileImport.Counts(await import.RunAsync(await import.PrepareAsync("Customer", "rejected-firms.csv", Bytes(corrected)), dryRun: false)));
    }

    private static string LineOf(string row) => row.Split(',').First(c => c is "2" or "3" or "5" or "6" or "7");

    private static async Task<string> RejectsAsync(TestScope scope, long id)
    {
        await using var output = new StringWriter();
        await scope.Get<IImportService>().WriteRejectedAsync(id, output, Ct);
        return output.ToString();
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
