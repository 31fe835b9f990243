using System.Text;
using CrmWeb.DataTests.Common.Imports;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Exports;

/// <summary>An export that is brought in again over its own records changes nothing.</summary>
public sealed class RoundTripTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Nothing_changes(string language)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language);
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        var owner = await database.AddUserAsync("Ana", await database.AddTeamAsync("West"), BuiltInRoles.Sales);
        var first = new Customer { Name = "=Tranvik \"AB\", Oslo", Email = "info@tranvik.example", Phone = "+46 31-555", Country = "SE", Currency = "SEK", AnnualRevenue = 1_234_567.89m, Employees = 14, Rating = CustomerRating.B };
        (first.Roles, first.Tags, first.Description, first.ExternalSource, first.ExternalId) = (CustomerRoles.EndCustomer | CustomerRoles.Partner, ["a", "b"], "-two\nlines", "erp", "@7");
        first.OtherAddresses = Address.Read("Delivery: Kaj 4; 411 04; Göteborg; SE", FieldText.AddressKindOf, out _);
        first.OtherEmails = Reach.Read("stock@tranvik.example");
        first.Assign(owner.Id, owner.HomeTeamId);
        await scope.AddAsync(first);
        await scope.AddAsync(new Customer { Name = "苏州仪器", Email = "info@suzhou.example", ParentId = first.Id, Industry = "'=quoted" });
        var before = await StateAsync(scope);

        var file = await ExportTests.FileAsync(scope, scope.Get<RecordCatalogue>()["Customer"], "", ExportColumns.All);
        var import = new FileImport(scope);
        var id = await import.PrepareAsync("Customer", "customers.csv", new MemoryStream(Encoding.UTF8.GetBytes('\uFEFF' + file)), v => new(v.Columns, [], DuplicatePolicy.Overwrite) { MatchBy = [MatchKind.Email] });
        var result = await import.RunAsync(id, dryRun: false);

        Assert.Empty((await scope.Get<IImportService>().RejectedAsync(id, 0, 10, Ct)).SelectMany(r => r.Reasons.Select(b => $"{b.Column}: {b.Text}")));
        Assert.Equal(0, result.Created);
        Assert.Equal(2, result.Updated + result.Skipped);
        Assert.Equal(before, await StateAsync(scope));
    }

    private static async Task<List<string>> StateAsync(TestScope scope)
    {
        var type = scope.Get<RecordCatalogue>()["Customer"];
        var records = await scope.Db.Set<Customer>().AsNoTracking().OrderBy(c => c.Id).ToListAsync(Ct);
        return [.. records.Select(r => string.Join('\n', FieldValues.Of(type, r).Where(v => v.Key is not "modifiedAt").Select(v => $"{v.Key}={FieldText.Write(v.Value)}")))];
    }
}
