using CrmWeb.DataTests.Common;
using CrmWeb.DataTests.Common.Bulk;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Automation.Demo;

/// <summary>Made-up customers in any number are as right as few.</summary>
public sealed class CustomerSeederTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Thousands_hold_the_rules_and_come_on_top_of_what_is_there()
    {
        var ct = TestContext.Current.CancellationToken;
        var (team, told) = (await database.AddTeamAsync("West"), new List<int>());
        var ana = await database.AddUserAsync("Ana", team, BuiltInRoles.Sales);
        await using (var own = await database.AsAsync(ana))
            await own.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Was there before" }, ct);
        await using var scope = database.AsSystem();

        var rows = await SeedAsync(scope, 4_500, told);

        var customers = await scope.Db.Set<Customer>().AsNoTracking().ToListAsync(ct);
        Assert.Equal(4_501, customers.Count);
        Assert.Equal([4_000, 4_500], told);
        Assert.All(customers.Where(c => c.OwnerId is not null), c => Assert.Equal((ana.Id, team.Id), (c.OwnerId!.Value, c.OwnerTeamId!.Value)));
        Assert.InRange(customers.Count(c => MadeUp.IsHan(c.Name)), 450, 1_800);
        Assert.Equal(customers.Count(c => c.Website is not null), customers.Where(c => c.Website is not null).Select(c => c.Website).Distinct().Count());
        Assert.InRange(await scope.Db.Set<Contact>().CountAsync(ct), 6_750, 11_250);
        Assert.InRange(await scope.Db.Set<Activity>().CountAsync(ct), 18_000, 31_500);
        Assert.True(rows > 135_000);
        await MadeUp.CheckAsync(scope.Db, database.Clock.GetUtcNow().UtcDateTime, ct);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_customers_at_every_hour_of_a_day_and_another_one_others()
    {
        var ct = TestContext.Current.CancellationToken;
        var (first, again, other) = (await SeededAsync(7, hours: 0), await SeededAsync(7, hours: 9), await SeededAsync(8, hours: 0));

        Assert.All(first, table => Assert.Equal(table.Value, again[table.Key]));
        Assert.Equal(60, first["Customers"].Count);
        Assert.NotEqual(first["Customers"], other["Customers"]);

        async Task<Dictionary<string, List<string>>> SeededAsync(long seed, int hours)
        {
            await using var own = new TestDatabase();
            await own.InitializeAsync();
            await using var scope = own.AsSystem();
            own.Clock.Now = own.Clock.Now.AddHours(hours);
            await SeedAsync(scope, 60, [], seed);
            return await TableText.ReadAsync(scope.Db, ct);
        }
    }

    private static Task<long> SeedAsync(TestScope scope, int customers, List<int> told, long seed = 1) => scope.Get<ICustomerSeeder>().SeedAsync(customers, seed, (done, _) =>
    {
        told.Add(done);
        return Task.CompletedTask;
    }, TestContext.Current.CancellationToken);
}
