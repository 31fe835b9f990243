using CrmWeb.DataTests.Common;
using CrmWeb.DataTests.Common.Imports;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

/// <summary>Further addresses in a file: one a line or with semicolons between them, the kind in words of either language.</summary>
public sealed class AddressImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_come_in_and_what_is_none_is_rejected_with_its_line()
    {
        const string file = """
            name,other addresses
            Halden,"Shipping | Kajen 4 | Göteborg | | 411 01 | Sweden; 仓库 | 苏州路 8 | 苏州"
            Bergen,"Kajen 4, Bergen"
            Orsa,Home | A|B|C|D|E|F

            """;
        await using var scope = database.AsSystem();
        var import = new FileImport(scope);
        var id = await import.PrepareAsync("Customer", "firms.csv", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(file)));

        var done = await import.RunAsync(id, dryRun: false);

        Assert.Equal((1, 0, 0, 2), FileImport.Counts(done));
        Assert.Equal(
            [new(AddressKind.Shipping, "Kajen 4", "Göteborg", null, "411 01", "SE"), new(AddressKind.Warehouse, "苏州路 8", "苏州", null, null, null)],
            (await scope.Db.Set<Customer>().SingleAsync(c => c.Name == "Halden", Ct)).OtherAddresses);
        Assert.Equal([("Error.AddressLine", "other addresses", "Kajen 4, Bergen"), ("Error.AddressLine", "other addresses", "Home | A|B|C|D|E|F")],
            (await scope.Get<IImportService>().RejectedAsync(id, 0, 10, Ct)).Select(r => (r.Reasons[0].Text, r.Reasons[0].Column, r.Reasons[0].Values[0])));
    }
}
