using CrmWeb.DataTests.Common;
using CrmWeb.DataTests.Common.Bulk;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Automation.Demo;

/// <summary>The demo company is believable, holds all rules, and is the same every time.</summary>
public sealed class DemoCompanyTests(DemoDatabase demo) : IClassFixture<DemoDatabase>
{
    [Fact]
    public async Task Everything_holds_the_rules_and_its_figures_are_those_of_a_recount()
    {
        await using var scope = demo.Database.AsSystem();

        await MadeUp.CheckAsync(scope.Db, demo.Database.Clock.GetUtcNow().UtcDateTime, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_few_hundred_customers_of_many_countries_and_both_scripts()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = demo.Database.AsSystem();
        var customers = await scope.Db.Set<Customer>().AsNoTracking().Include(c => c.Figures).ToListAsync(ct);

        Assert.Equal((320, 320), (customers.Count, customers.Select(c => c.Name).Distinct().Count()));
        Assert.InRange(customers.Count(c => MadeUp.IsHan(c.Name)), 40, 120);
        Assert.True(customers.Select(c => c.Country).Distinct().Count() >= 8);
        Assert.Equal("CNY EUR GBP JPY SEK USD", string.Join(' ', customers.Select(c => c.Currency).Distinct().Order(StringComparer.Ordinal)));
        Assert.Equal(Enum.GetValues<Lifecycle>().Length, customers.Select(c => c.Lifecycle).Distinct().Count());
        Assert.Contains(customers, c => c.ParentId is not null);
        Assert.Contains(customers, c => c.OwnerId is null);
        Assert.Contains(customers, c => c.Figures!.NextStepId is null);
        Assert.Contains(customers, c => c.Figures!.LastTouchAt < demo.Database.Clock.GetUtcNow().UtcDateTime.AddDays(-60));
        Assert.True(customers.Sum(c => c.Figures!.BrokenPromises) > 10 && customers.Sum(c => c.Figures!.OpenPromises) > 5);
    }

    [Fact]
    public async Task The_people_everybody_knows_are_there_and_sales_see_their_own_team()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var system = demo.Database.AsSystem();
        var ana = await system.Db.Set<User>().AsNoTracking().SingleAsync(u => u.Email == "sales@demo.crmweb", ct);
        await using var scope = await demo.Database.AsAsync(ana);

        var seen = await scope.Repository<Customer>().Query().Select(c => c.Name).ToListAsync(ct);

        Assert.Equal("Ana Duarte", ana.Name);
        Assert.Contains("Halden Robotics AB", seen);
        Assert.DoesNotContain("清河仪器（苏州）有限公司", seen);
        var halden = await system.Db.Set<Customer>().AsNoTracking().Include(c => c.Figures).Include(c => c.Parent).SingleAsync(c => c.Name == "Halden Robotics AB", ct);
        Assert.Equal(("Halden Group AB", 3, 4), (halden.Parent!.Name, halden.Figures!.OpenPromises, halden.Figures.Contacts));
        Assert.Equal(2019, halden.CustomerSince!.Value.Year);
    }

    [Fact]
    public async Task Five_people_sign_in_with_the_demo_password_and_their_roles()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = demo.Database.AsSystem();
        var roles = await scope.Db.Set<User>().AsNoTracking().Where(u => u.Email != null).OrderBy(u => u.Email)
            .Select(u => new { u.Email, Role = u.Roles.Single().Role!.BuiltIn }).ToListAsync(ct);

        Assert.Equal(DemoSignIns.Emails.Order(StringComparer.Ordinal), roles.Select(r => r.Email));
        Assert.Equal([BuiltInRoles.Administrator, BuiltInRoles.Manager, BuiltInRoles.Marketing, BuiltInRoles.Sales, BuiltInRoles.Support], roles.Select(r => r.Role));
        foreach (var email in DemoSignIns.Emails)
            Assert.True((await scope.Get<ICredentials>().CheckAsync(email, DemoSignIns.Password, ct)).Passed);
    }

    [Fact]
    public async Task It_is_founded_once()
    {
        await using var scope = demo.Database.AsSystem();

        Assert.Null(await scope.Get<IDemoCompany>().FoundAsync(2026, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_seed_on_the_same_day_makes_the_same_company()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var again = new DemoDatabase();
        await again.InitializeAsync();
        await using var first = demo.Database.AsSystem();
        await using var second = again.Database.AsSystem();

        var (expected, made) = (await TableText.ReadAsync(first.Db, ct), await TableText.ReadAsync(second.Db, ct));

        Assert.All(expected, table => Assert.Equal(table.Value, made[table.Key]));
    }
}

/// <summary>A database with the demo company in it.</summary>
public sealed class DemoDatabase : IAsyncLifetime
{
    public TestDatabase Database { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        await using var scope = Database.AsSystem();
        Assert.Equal(320, await scope.Get<IDemoCompany>().FoundAsync(2026, CancellationToken.None));
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
