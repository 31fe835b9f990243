using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

/// <summary>Each save leaves one row per record: who, when, from where, why and what.</summary>
public sealed class AuditTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_value_is_written_as_text_that_means_the_same_everywhere()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden", Employees = 5, Tags = ["old"] });

        customer.Name = "Halden \"北欧\" <AB>";
        customer.Employees = null;
        customer.AnnualRevenue = 1_100.0400m;
        customer.Rating = CustomerRating.B;
        customer.Roles = CustomerRoles.EndCustomer | CustomerRoles.Partner;
        customer.Tags = ["fair", "贸易"];
        customer.OtherPhones = [new("+46 31 555 01 80", "desk")];
        await scope.SaveAsync();

        var audit = (await OfAsync(scope, customer)).Single(a => a.Kind == AuditKind.Changed);
        var changes = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string?[]>>(audit.Changes!)!;
        Assert.Equal(["Halden", "Halden \"北欧\" <AB>"], changes["Name"]);
        Assert.Equal(["5", null], changes["Employees"]);
        Assert.Equal([null, "1100.04"], changes["AnnualRevenue"]);
        Assert.Equal([null, "B"], changes["Rating"]);
        Assert.Equal(["EndCustomer", "EndCustomer, Partner"], changes["Roles"]);
        Assert.Equal(["old", "fair, 贸易"], changes["Tags"]);
        Assert.Contains("555 01 80", changes["OtherPhones"][1], StringComparison.Ordinal);
        Assert.Equal(7, changes.Count);
    }

    [Fact]
    public async Task Who_when_from_where_why_and_both_versions_stand_in_the_row()
    {
        var ana = await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator);
        await using var scope = await database.AsAsync(ana);
        scope.Get<Actor>().Why = "rule 7";
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });
        var shown = customer.Version;

        customer.Name = "Halden AB";
        await scope.SaveAsync();

        var rows = await OfAsync(scope, customer);
        Assert.Equal([(AuditKind.Created, null, (Guid?)null, (Guid?)shown), (AuditKind.Changed, """{"Name":["Halden","Halden AB"]}""", shown, customer.Version)],
            rows.Select(a => (a.Kind, a.Changes, a.VersionBefore, a.VersionAfter)));
        Assert.All(rows, a => Assert.Equal((ana.Id, "test", "rule 7", database.Clock.Utc, "Customer"), (a.UserId, a.From, a.Why, a.At, a.RecordType)));
    }

    [Fact]
    public async Task The_kinds_of_a_life_are_told_apart()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });

        customer.Assign(User.SystemId, teamId: null);
        await scope.SaveAsync();
        customer.Delete(database.Clock.Utc, by: 1);
        await scope.SaveAsync();
        customer.Restore();
        await scope.SaveAsync();

        Assert.Equal([AuditKind.Created, AuditKind.Assigned, AuditKind.Deleted, AuditKind.Restored], (await OfAsync(scope, customer)).Select(a => a.Kind));
    }

    [Fact]
    public async Task A_save_without_a_change_writes_nothing()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });
        var version = customer.Version;

        customer.Name = "Halden ";
        await scope.SaveAsync();

        Assert.Equal(version, customer.Version);
        Assert.Single(await OfAsync(scope, customer));
    }

    [Fact]
    public async Task What_happened_since_a_version_is_followed_from_save_to_save_whoever_made_them()
    {
        // Two processes have blocks of ids of their own: the order of ids says nothing about the order of saves.
        var processes = new[] { database.Services, database.Another() };
        foreach (var process in processes)
        {
            await using var early = database.AsSystem(process);
            await early.AddAsync(new Customer { Name = "Takes a block of ids" });
        }
        await using var scope = database.AsSystem(processes[1]);
        var customer = await scope.AddAsync(new Customer { Name = "One", City = "Oslo" });
        var shown = customer.Version;

        foreach (var (process, name) in new[] { (0, "Two"), (1, "Three"), (0, "Four") })
        {
            database.Clock.Now += TimeSpan.FromMinutes(1);
            await using var work = database.AsSystem(processes[process]);
            (await work.Repository<Customer>().GetAsync(customer.Id, RecordAction.Edit, Ct)).Name = name;
            await work.SaveAsync();
        }

        var since = await scope.Get<Services.Common.IHistory>().SinceAsync("Customer", customer.Id, shown, Ct);
        Assert.Equal(("One", "Four"), (since!.Changes["Name"].Old, since.Changes["Name"].New));
        Assert.Equal(database.Clock.Utc, since.At);
        Assert.Null(await scope.Get<Services.Common.IHistory>().SinceAsync("Customer", customer.Id, Guid.NewGuid(), Ct));
    }

    private static Task<List<AuditEntry>> OfAsync(TestScope scope, Record record) =>
        scope.Db.Set<AuditEntry>().AsNoTracking().Where(a => a.RecordId == record.Id).OrderBy(a => a.Id).ToListAsync(Ct);
}
