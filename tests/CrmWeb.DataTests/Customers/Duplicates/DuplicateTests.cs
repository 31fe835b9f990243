using System.Globalization;
using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.DataTests.Customers;

/// <summary>Who a new customer might be already, and what is said of those one may not see.</summary>
public sealed class DuplicateTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("taxNumber", "SE556677889901", MatchKind.TaxNumber, 100)]
    [InlineData("email", "INFO@halden.example", MatchKind.Email, 100)]
    [InlineData("phone", "031-555 01 80", MatchKind.Phone, 100)]
    [InlineData("name", "Halden Robotics", MatchKind.Name, 100)]
    [InlineData("name", "Halden Robotcis AB", MatchKind.Name, 88)]
    public async Task Exact_keys_and_names_alike_are_found_with_their_reason(string field, string typed, MatchKind reason, int atLeast)
    {
        await using var scope = database.AsSystem();
        var records = scope.Get<IRecordService<Customer>>();
        var id = await records.CreateAsync(new()
        {
            ["name"] = "Halden Robotics AB",
            ["taxNumber"] = "SE556677889901",
            ["email"] = "info@halden.example",
            ["phone"] = "+46 31 555 01 80",
            ["country"] = "SE",
        }, Ct);

        var found = (await FindAsync(scope, new() { [field] = typed, ["country"] = "SE" })).Where(f => f.Id == id).ToList();

        var one = Assert.Single(found);
        Assert.Equal((reason, "Halden Robotics AB"), (one.Reason, one.Title));
        Assert.InRange(one.Percent, atLeast, 100);
        Assert.DoesNotContain(await FindAsync(scope, new() { [field] = typed, ["country"] = "SE" }, except: id), f => f.Id == id);
        await records.DeleteAsync(id, (await records.OpenAsync(id, RecordAction.Delete, Ct)).Version, Ct);
        Assert.DoesNotContain(await FindAsync(scope, new() { [field] = typed, ["country"] = "SE" }), f => f.Id == id);
    }

    [Fact]
    public async Task A_hidden_match_is_told_by_its_team_only_twenty_times_an_hour_and_noted()
    {
        var (west, east) = (await database.AddTeamAsync("West"), await database.AddTeamAsync("East"));
        var (ana, eve) = (await database.AddUserAsync("Ana", west, BuiltInRoles.Sales), await database.AddUserAsync("Eve", east, BuiltInRoles.Sales));
        await using (var hers = await database.AsAsync(eve))
        {
            foreach (var i in Enumerable.Range(0, 21))
                await hers.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = $"Eastern {i} AB", ["email"] = Mail(i) }, Ct);
        }
        await using var scope = await database.AsAsync(ana);

        foreach (var i in Enumerable.Range(0, 20))
        {
            var told = Assert.Single(await FindAsync(scope, new() { ["email"] = Mail(i) }));
            Assert.Equal((0L, "", null, "East", MatchKind.Email), (told.Id, told.Title, told.Owner, told.Team, told.Reason));
        }
        Assert.True(Assert.Single(await FindAsync(scope, new() { ["email"] = Mail(3) })).IsHidden);
        Assert.Empty(await FindAsync(scope, new() { ["email"] = Mail(20) }));
        Assert.Empty(await FindAsync(scope, new() { ["name"] = "Eastern 3 AB" }));
        Assert.Equal(20, scope.Db.Set<AuditEntry>().Count(a => a.UserId == ana.Id && a.Kind == AuditKind.HiddenMatchTold));

        database.Clock.Now += TimeSpan.FromMinutes(61);
        Assert.Single(await FindAsync(scope, new() { ["email"] = Mail(20) }));
    }

    private static string Mail(int i) => string.Create(CultureInfo.InvariantCulture, $"desk{i}@eastern.example");

    private static Task<IReadOnlyList<Duplicate>> FindAsync(TestScope scope, FieldValues values, long? except = null) =>
        scope.Get<IDuplicateFinder>().FindAsync(scope.Get<RecordCatalogue>().Of<Customer>(), values, except, Ct);
}
