using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.UnitTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>Files of other programs go in whole, and their known figures come out of the lists again.</summary>
public sealed class RealFilesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_come_out_of_list_and_totals_with_the_figures_of_their_source()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();

        var first = await new FileImport(scope).RunAsync("Customer", "crm-sales/accounts.csv", InMillionsOfDollars);
        var again = await new FileImport(scope).RunAsync("Customer", "crm-sales/accounts.csv", InMillionsOfDollars);

        Assert.Equal((85, 0, 0, 0), FileImport.Counts(first));
        Assert.Equal((0, 0, 85, 0), FileImport.Counts(again));
        var list = await ListAsync(scope, "cols=name,parent,annualRevenue,employees,industry&size=200");
        Assert.Equal(85, list.Rows.Select(r => (string)r.Cells[0].Value!).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(15, list.Rows.Count(r => r.Cells[1].Value is not null));
        Assert.Equal(169_543_800_000m, list.Rows.Sum(r => (decimal)r.Cells[2].Value!));
        Assert.Equal(396_170, list.Rows.Sum(r => (int)r.Cells[3].Value!));
        Assert.Equal(12, list.Rows.Count(r => (string?)r.Cells[4].Value == "technolgy"));
        var totals = await TotalsAsync(scope, "");
        Assert.Equal(85, totals.Count);
        Assert.Equal([("USD", 169_543_800_000m)], totals.Sums.Select(s => (s.Currency!, s.Sum)));
        Assert.Equal(12, (await TotalsAsync(scope, "f.industry.is=technolgy")).Count);
        Assert.Equal(15, (await TotalsAsync(scope, "f.parent.empty=false")).Count);
    }

    [Fact]
    public async Task No_account_is_above_itself_and_each_parent_is_the_one_the_file_names()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();

        var progress = await new FileImport(scope).RunAsync("Customer", "crm-sales/accounts.csv", InMillionsOfDollars);

        Assert.Equal(15, progress.Tied);
        var stored = await scope.Db.Set<Customer>().Select(c => new { c.Id, c.Name, c.ParentId }).ToDictionaryAsync(c => c.Id, Ct);
        var wanted = File.ReadLines(TestData.PathOf("crm-sales/accounts.csv")).Skip(1).Select(l => l.Split(',')).Where(c => c[6].Length > 0).Select(c => (c[0], c[6])).Order();
        Assert.Equal(wanted, stored.Values.Where(c => c.ParentId is not null).Select(c => (c.Name, stored[c.ParentId!.Value].Name)).Order());
        foreach (var customer in stored.Values)
        {
            var (above, steps) = (customer.ParentId, 0);
            while (above is { } parent && ++steps <= stored.Count)
                above = stored[parent].ParentId;
            Assert.Null(above);
        }
    }

    [Fact]
    public async Task Resellers_without_a_head_all_go_in_those_of_the_same_name_too()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();

        var first = await new FileImport(scope).RunAsync("Customer", "leads/DimReseller.csv", Resellers);
        var again = await new FileImport(scope).RunAsync("Customer", "leads/DimReseller.csv", Resellers);

        Assert.Equal((701, 0, 0, 0), FileImport.Counts(first));
        Assert.Equal((0, 0, 701, 0), FileImport.Counts(again));
        var stored = await scope.Db.Set<Customer>().Select(c => new { c.Name, c.ExternalId, c.AnnualRevenue, c.Employees, c.Industry, c.FoundedYear, c.City }).ToListAsync(Ct);
        Assert.Equal((701, 699, 701), (stored.Count, stored.DistinctBy(c => c.Name).Count(), stored.DistinctBy(c => c.ExternalId).Count()));
        var rows = File.ReadLines(TestData.PathOf("leads/DimReseller.csv")).Select(l => l.Split('|')).ToDictionary(c => c[2], StringComparer.Ordinal);
        Assert.All(stored, c => Assert.Equal(
            (rows[c.ExternalId!][5], decimal.Parse(rows[c.ExternalId!][14], CultureInfo.InvariantCulture), rows[c.ExternalId!][6], rows[c.ExternalId!][4], rows[c.ExternalId!][19]),
            (c.Name, c.AnnualRevenue!.Value, $"{c.Employees}", c.Industry!, $"{c.FoundedYear}")));
        Assert.Equal([("USD", 1_110_900_000m)], (await TotalsAsync(scope, "")).Sums.Select(s => (s.Currency!, s.Sum)));
        Assert.Equal((238, 232, 231), (await CountAsync("Value Added Reseller"), await CountAsync("Warehouse"), await CountAsync("Specialty Bike Shop")));

        async Task<int> CountAsync(string industry) => (await TotalsAsync(scope, $"f.industry.is={Uri.EscapeDataString(industry)}")).Count;
    }

    [Fact]
    public async Task Trading_partners_of_21_countries_go_in_as_suggested()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();

        var first = await new FileImport(scope).RunAsync("Customer", "northwind/customers.csv");
        var again = await new FileImport(scope).RunAsync("Customer", "northwind/customers.csv");

        Assert.Equal((91, 0, 0, 0), FileImport.Counts(first));
        Assert.Equal((0, 0, 91, 0), FileImport.Counts(again));
        var stored = await scope.Db.Set<Customer>().ToListAsync(Ct);
        Assert.Equal((91, 91, 21), (stored.Count, stored.DistinctBy(c => c.ExternalId).Count(), stored.DistinctBy(c => c.Country).Count()));
        Assert.All(stored, c => Assert.Equal(2, c.Country!.Length));
        var ana = stored.Single(c => c.ExternalId == "ANATR");
        Assert.Equal(("Ana Trujillo Emparedados y helados", "Avda. de la Constitución 2222", "México D.F.", null, "05021", "MX", "(5) 555-4729"),
            (ana.Name, ana.Street, ana.City, ana.Region, ana.PostalCode, ana.Country, ana.Phone));
    }

    private static ImportMatch InMillionsOfDollars(ImportView view) =>
        new([.. view.Columns.Select(c => c.Head == "revenue" ? c with { Factor = 1_000_000, Format = "en-US" } : c)], [new("currency", "USD")], DuplicatePolicy.Skip);

    private static ImportMatch Resellers(ImportView view)
    {
        var fields = new Dictionary<int, string> { [2] = "externalId", [3] = "phone", [4] = "industry", [5] = "name", [6] = "employees", [12] = "street", [14] = "annualRevenue", [19] = "foundedYear" };
        return new([.. view.Columns.Select(c => c with { Field = fields.GetValueOrDefault(c.Index), Format = "en-US" })], [new("currency", "USD")], DuplicatePolicy.Skip);
    }

    private static Task<ListPage> ListAsync(TestScope scope, string query)
    {
        var type = scope.Get<RecordCatalogue>().Of<Customer>();
        return scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery(query)), Ct);
    }

    private static Task<ListTotals> TotalsAsync(TestScope scope, string query)
    {
        var type = scope.Get<RecordCatalogue>().Of<Customer>();
        return scope.Get<IListService>().TotalsAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery(query)), Ct);
    }
}
