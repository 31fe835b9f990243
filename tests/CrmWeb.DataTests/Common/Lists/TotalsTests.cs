using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Lists;

/// <summary>Numbers over all matches: right for who asks, and new after each save.</summary>
public sealed class TotalsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Count_and_sums_by_currency_are_those_of_the_matches()
    {
        await using var scope = database.AsSystem();
        var mark = Guid.NewGuid().ToString("N");
        foreach (var (currency, amount) in new (string, decimal?)[] { ("EUR", 0.1m), ("EUR", 0.2m), ("SEK", 99_999_999_999.99m), ("SEK", null), ("CNY", null) })
            await scope.AddAsync(new Customer { Name = "Halden", Industry = mark, Currency = currency, AnnualRevenue = amount });

        var totals = await TotalsAsync(scope, $"f.industry.is={mark}");

        Assert.Equal(5, totals.Count);
        Assert.Equal([("EUR", 0.3m), ("SEK", 99_999_999_999.99m)], totals.Sums.Select(s => (s.Currency!, s.Sum)));
    }

    [Fact]
    public async Task A_save_is_counted_at_once()
    {
        await using var scope = database.AsSystem();
        var before = await CountAsync(scope, "f.industry.is=at once");

        await scope.AddAsync(new Customer { Name = "Halden", Industry = "at once" });

        Assert.Equal(before + 1, await CountAsync(scope, "f.industry.is=at once"));
    }

    [Fact]
    public async Task What_an_activity_changes_in_its_customer_is_counted_at_once()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden", Industry = "figures" });
        Assert.Equal(1, await CountAsync(scope, "f.industry.is=figures&f.nextStep.empty=true"));

        await scope.AddAsync(new Activity { Subject = "Call", CustomerId = customer.Id, DueOn = new(2026, 3, 9) });

        Assert.Equal(0, await CountAsync(scope, "f.industry.is=figures&f.nextStep.empty=true"));
    }

    [Fact]
    public async Task What_another_process_saved_is_counted_after_a_minute()
    {
        await using var here = database.AsSystem();
        await using var there = database.AsSystem(database.Another());
        Assert.Equal(0, await CountAsync(here, "f.industry.is=elsewhere"));

        await there.AddAsync(new Customer { Name = "Halden", Industry = "elsewhere" });
        database.Clock.Now += TimeSpan.FromMinutes(1);

        Assert.Equal(1, await CountAsync(here, "f.industry.is=elsewhere"));
    }

    [Fact]
    public async Task Who_loses_a_right_loses_the_numbers_with_it()
    {
        var team = await database.AddTeamAsync("West");
        var user = await database.AddUserAsync("Ana", team, BuiltInRoles.ReadOnly);
        await using (var others = database.AsSystem())
            await others.AddAsync(new Customer { Name = "Halden" });
        await using (var before = await database.AsAsync(user))
            Assert.NotEqual(0, await CountAsync(before, ""));

        await using (var scope = database.AsSystem())
        {
            var sales = await scope.Db.Set<Role>().SingleAsync(r => r.BuiltIn == BuiltInRoles.Sales, Ct);
            var stored = await scope.Db.Set<User>().AsTracking().Include(u => u.Roles).Include(u => u.Teams).SingleAsync(u => u.Id == user.Id, Ct);
            stored.SetRoles([sales.Id]);
            await scope.SaveAsync();
        }

        await using var after = await database.AsAsync(user);
        Assert.Equal(0, await CountAsync(after, ""));
    }

    [Fact]
    public async Task A_long_list_is_counted_a_little_further_than_what_is_shown_as_exact()
    {
        await using var scope = database.AsSystem();
        var writer = scope.Get<IBulkWriter>();
        for (var i = 0; i < ListTotals.MostCounted + 50; i++)
            writer.Add(new Customer { Name = "Many", Industry = "long list" });
        await writer.SaveAsync(Ct);

        Assert.Equal(ListTotals.MostCounted + 1, await CountAsync(scope, "f.industry.is=long list"));
    }

    private static async Task<int> CountAsync(TestScope scope, string query)
    {
        var type = scope.Get<RecordCatalogue>().Of<Customer>();
        return (await scope.Get<IListService>().TotalsAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery(query)), Ct)).Count;
    }

    private static Task<ListTotals> TotalsAsync(TestScope scope, string query)
    {
        var type = scope.Get<RecordCatalogue>().Of<Customer>();
        return scope.Get<IListService>().TotalsAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery(query)), Ct);
    }
}
