using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.Customers;

/// <summary>The band has no column: the list works it out as the page does.</summary>
public sealed class SizeBandTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly int?[] Employees = [null, 0, 1, 9, 10, 49, 50, 249, 250, 999, 1_000];

    [Fact]
    public async Task Lists_show_and_filter_it()
    {
        await using var scope = database.AsSystem();
        foreach (var employees in Employees)
            scope.Repository<Customer>().Add(new Customer { Name = $"Size {employees}", Employees = employees });
        await scope.SaveAsync();

        Assert.Equal(["10", "49"], await NamesAsync(scope, "f.sizeBand.is=Small"));
        Assert.Equal(["1", "1000", "250", "9", "999"], await NamesAsync(scope, "f.sizeBand.is=Micro&f.sizeBand.is=Large&f.sizeBand.is=VeryLarge"));
        Assert.Equal(["", "0"], await NamesAsync(scope, "f.sizeBand.empty=true"));
        Assert.Equal(Employees.Select(e => (SizeBand?)new Customer { Employees = e }.SizeBand).Order(), (await RowsAsync(scope, "")).Select(r => (SizeBand?)r.Cells[1].Value).Order());
    }

    private static async Task<IEnumerable<string>> NamesAsync(TestScope scope, string filter) => (await RowsAsync(scope, filter)).Select(r => ((string)r.Cells[0].Value!)[4..].Trim()).Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<ListRow>> RowsAsync(TestScope scope, string filter)
    {
        var type = scope.Get<RecordCatalogue>().Of<Customer>();
        var pairs = $"cols=name,sizeBand&{filter}".Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Select(p => KeyValuePair.Create(p[0], p[1]));
        return (await scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, pairs), TestContext.Current.CancellationToken)).Rows;
    }
}
