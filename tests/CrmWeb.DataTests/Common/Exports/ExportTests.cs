using System.Text;
using CrmWeb.DataTests.Common.Lists;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Exports;

/// <summary>An export holds the rows of its list, in its order, cut to what the user may take along.</summary>
public sealed class ExportTests(ListDatabase lists) : IClassFixture<ListDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Customer", "")]
    [InlineData("Customer", "f.country.is=SE&sort=annualRevenue&dir=desc")]
    [InlineData("Customer", "f.rating.empty=true&f.country.not=CN&sort=city")]
    [InlineData("Customer", "g1.country.is=SE&g1.country.is=NO&g1.employees.gt=4&sort=employees")]
    [InlineData("Customer", "q=halden")]
    [InlineData("Customer", "q=halden&sort=name&dir=desc")]
    [InlineData("Contact", "sort=name")]
    [InlineData("Activity", "f.closedAt.empty=true&sort=dueOn")]
    public async Task It_holds_the_rows_of_the_list_in_its_order(string typeName, string query)
    {
        await using var scope = lists.Database.AsSystem();
        var type = scope.Get<RecordCatalogue>()[typeName];
        var key = type.Fields.First(f => f.Kind == FieldKind.Title).Key;
        var asked = ListQuery.Parse(type, ListQuery.ReadQuery($"{query}&size=200&cols={key}"));

        var list = await scope.Get<IListService>().ReadAsync(type, asked, Ct);
        var rows = await RowsAsync(scope, type, asked);

        Assert.NotEmpty(rows);
        Assert.Equal(list.Rows.Select(r => (string)r.Cells[0].Value!), rows);
    }

    [Theory]
    [InlineData(Scope.All, Scope.Own)]
    [InlineData(Scope.Own, Scope.All)]
    [InlineData(Scope.Team, Scope.Team)]
    public async Task Only_rows_that_are_both_seen_and_exportable_leave(Scope view, Scope export)
    {
        var database = lists.Database;
        var (mine, other) = (await database.AddTeamAsync("Mine"), await database.AddTeamAsync("Other"));
        var me = await database.AddUserWithAsync("Me", mine, new Grant("Customer", RecordAction.View, view), new Grant("Customer", RecordAction.Export, export));
        var mark = Guid.NewGuid().ToString("N");
        await using (var system = database.AsSystem())
        {
            foreach (var (name, owner, team) in new (string, long?, long?)[] { ("mine", me.Id, mine.Id), ("team's", null, mine.Id), ("other's", null, other.Id) })
            {
                var customer = new Customer { Name = name, Industry = mark };
                customer.Assign(owner, team);
                system.Repository<Customer>().Add(customer);
            }
            await system.SaveAsync();
        }
        await using var scope = await database.AsAsync(me);
        var type = scope.Get<RecordCatalogue>()["Customer"];

        var file = await FileAsync(scope, type, $"f.industry.is={mark}&cols=name");

        Assert.Equal(view == Scope.Team ? "mine\r\nteam's\r\n" : "mine\r\n", file[(file.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task Without_the_right_nothing_leaves_and_nothing_is_noted()
    {
        var me = await lists.Database.AddUserWithAsync("Me", team: null, new Grant("Customer", RecordAction.View, Scope.All));
        await using var scope = await lists.Database.AsAsync(me);

        await Assert.ThrowsAsync<AccessDeniedException>(() => FileAsync(scope, scope.Get<RecordCatalogue>()["Customer"], ""));

        Assert.False(await scope.Db.Set<AuditEntry>().AnyAsync(a => a.UserId == me.Id && a.Kind == AuditKind.Exported, Ct));
    }

    [Fact]
    public async Task What_left_is_noted_with_its_conditions_and_rows()
    {
        var me = await lists.Database.AddUserAsync("Me", team: null, BuiltInRoles.Administrator);
        await using var scope = await lists.Database.AsAsync(me);

        var file = await FileAsync(scope, scope.Get<RecordCatalogue>()["Customer"], "f.country.is=SE&q=halden&cols=annualRevenue,lastTouch");

        var noted = await scope.Db.Set<AuditEntry>().SingleAsync(a => a.UserId == me.Id && a.Kind == AuditKind.Exported, Ct);
        Assert.Equal("Customer", noted.RecordType);
        Assert.Contains("\"f.country.is=SE\\u0026q=halden\"", noted.Changes, StringComparison.Ordinal);
        Assert.Contains($"\"Rows\":[null,\"{file.Split("\r\n").Length - 2}\"]", noted.Changes, StringComparison.Ordinal);
        Assert.Contains("\"annualRevenue, currency\"", noted.Changes, StringComparison.Ordinal); // what may leave, and with an amount its currency
    }

    [Fact]
    public async Task A_list_of_nothing_exportable_is_refused()
    {
        await using var scope = lists.Database.AsSystem();

        var refused = await Assert.ThrowsAsync<RuleException>(() => FileAsync(scope, scope.Get<RecordCatalogue>()["Customer"], "cols=lastTouch"));

        Assert.Equal("Export.NoColumns", Assert.Single(refused.Broken).Text);
    }

    private static async Task<List<string>> RowsAsync(TestScope scope, RecordType type, ListQuery query)
    {
        var (rows, title) = (new List<string>(), type.Fields.Where(f => f.Kind == FieldKind.Title).Take(1).ToList());
        await foreach (var some in scope.Get<IExportRows>().ReadAsync(type, query, title, Ct))
            rows.AddRange(some.Select(r => (string)r[0]!));
        Assert.Equal(rows.Count, await scope.Get<IExportRows>().CountAsync(type, query, 1_000, Ct));
        return rows;
    }

    internal static async Task<string> FileAsync(TestScope scope, RecordType type, string query, ExportColumns columns = ExportColumns.Shown)
    {
        using var file = new MemoryStream();
        var export = await scope.Get<IExportService>().OpenAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery(query)), ExportFormat.Csv, columns, Ct);
        await export.WriteAsync(file, Ct);
        return Encoding.UTF8.GetString(file.ToArray()).TrimStart('\uFEFF');
    }
}
