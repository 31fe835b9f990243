using CrmWeb.Domain.Customers;
using CrmWeb.Web.Common.Verbs;

namespace CrmWeb.WebTests.Common.Verbs;

public sealed class ExportVerbTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_written_by_its_query_in_the_format_of_the_file()
    {
        await using var app = await CrmApp.StartAsync();
        await app.AddAsync(new Customer { Name = "Halden", Country = "SE" });
        await app.AddAsync(new Customer { Name = "Bergen", Country = "NO" });
        var (csv, xlsx) = (Path.Combine(app.DataPath, "out.csv"), Path.Combine(app.DataPath, "out.xlsx"));

        var some = await RunAsync(app, "customers", csv, "--query", "f.country.is=SE&cols=name,country");
        var all = await RunAsync(app, "customers", xlsx);

        Assert.Equal((0, $"1 rows: {csv}"), some);
        Assert.Equal("Name,Country\r\nHalden,SE\r\n", await File.ReadAllTextAsync(csv, Ct));
        Assert.Equal((0, $"2 rows: {xlsx}"), all);
        Assert.Equal("PK"u8.ToArray(), (await File.ReadAllBytesAsync(xlsx, Ct))[..2]);
        Assert.False(File.Exists(csv + ".part"));
    }

    [Fact]
    public async Task What_cannot_be_exported_is_said_and_no_file_is_left()
    {
        await using var app = await CrmApp.StartAsync();
        var file = Path.Combine(app.DataPath, "out.csv");

        Assert.Equal(1, (await RunAsync(app, "customers", file, "--as", People.Sales.Email!)).Result);
        Assert.Equal(1, (await RunAsync(app, "customers", file, "--query", "f.password.is=x")).Result);
        Assert.Equal(1, (await RunAsync(app, "customers", Path.Combine(app.DataPath, "missing", "out.csv"))).Result);
        Assert.Equal(2, (await RunAsync(app, "customers", Path.Combine(app.DataPath, "out.pdf"))).Result);
        Assert.Equal(2, (await RunAsync(app, "planets", file)).Result);
        Assert.Equal(2, (await RunAsync(app, "customers", file, "--speed", "9")).Result);
        Assert.False(File.Exists(file) || File.Exists(file + ".part"));
    }

    private static async Task<(int Result, string Said)> RunAsync(CrmApp app, params string[] arguments)
    {
        await using var output = new StringWriter();
        var result = await VerbRunner.RunAsync(app.Services, "export", arguments, output, Ct);
        return (result, output.ToString().Trim());
    }
}
