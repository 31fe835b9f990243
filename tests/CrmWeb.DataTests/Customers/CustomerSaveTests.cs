using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

/// <summary>One save of a customer writes everything that belongs to it.</summary>
public sealed class CustomerSaveTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_new_customer_gets_number_owner_audit_timeline_keys_and_figures()
    {
        var ct = TestContext.Current.CancellationToken;
        var team = await database.AddTeamAsync("West");
        var ana = await database.AddUserAsync("Ana Duarte", team, BuiltInRoles.Sales);
        await using var scope = await database.AsAsync(ana);

        var id = await scope.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "清河仪器（苏州）有限公司", ["email"] = "info@qinghe.example", ["currency"] = "CNY" }, ct);

        var saved = await scope.Db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Id == id, ct);
        Assert.Matches("^C-2026-[0-9]{5}$", saved.Number);
        Assert.Equal((ana.Id, team.Id), (saved.OwnerId, saved.OwnerTeamId));
        Assert.Equal(AuditKind.Created, (await scope.Db.Set<AuditEntry>().SingleAsync(a => a.RecordId == id, ct)).Kind);
        Assert.Equal(TimelineKind.Created, (await scope.Db.Set<TimelineEntry>().SingleAsync(t => t.CustomerId == id, ct)).Kind);
        Assert.NotNull(await scope.Db.Set<CustomerFigures>().FindAsync([id], ct));
        foreach (var text in new[] { "仪器", "qhyq", "info@qinghe.example", "苏", saved.Number![2..] })
            Assert.Equal(id, Assert.Single(await scope.Get<ISearchService>().FindAsync(text, 8, ct)).Id);
    }

    [Fact]
    public async Task An_edit_writes_old_and_new_values_and_a_list_shows_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = database.AsSystem();
        var customers = scope.Get<IRecordService<Customer>>();
        var id = await customers.CreateAsync(new() { ["name"] = "Halden Robotics AB", ["annualRevenue"] = 1_100.04m }, ct);
        var shown = await customers.OpenAsync(id, RecordAction.Edit, ct);

        await customers.EditAsync(id, new() { ["industry"] = "Robotics", ["employees"] = 240 }, shown.Version, ct);

        var audit = await scope.Db.Set<AuditEntry>().SingleAsync(a => a.RecordId == id && a.Kind == AuditKind.Changed, ct);
        Assert.Equal("""{"Employees":[null,"240"],"Industry":[null,"Robotics"]}""", audit.Changes);
        Assert.Equal(shown.Version, audit.VersionBefore);
        var type = scope.Get<RecordCatalogue>().Of<Customer>();
        var page = await scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, [new("f.industry.is", "Robotics")]), ct);
        Assert.Equal("Halden Robotics AB", Assert.Single(page.Rows).Cells[0].Value);
        var totals = await scope.Get<IListService>().TotalsAsync(type, ListQuery.Parse(type, [new("f.industry.is", "Robotics")]), ct);
        Assert.Equal((1, 1_100.04m), (totals.Count, Assert.Single(totals.Sums).Sum));
    }
}
