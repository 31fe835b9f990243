using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Bulk;

/// <summary>What is written at once is the same as what is saved one by one.</summary>
public sealed class BulkWriterTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Filled =
        ["Customers", "Contacts", "ContactLinks", "Activities", "Attachments", "Relationships", "Consents", "LifecycleMoves", "CustomerFigures", "Timeline", "Audit", "MatchKeys"];
    private static readonly string[] Searched = ["warranty", "仪器", "qhyq", "sandstrom", "scope-v3"];

    [Fact]
    public async Task Every_table_holds_the_same_rows_as_after_normal_saves()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var single = new TestDatabase();
        await using var bulk = new TestDatabase();
        await single.InitializeAsync();
        await bulk.InitializeAsync();

        await FillAsync(single, scope => new Repositories(scope), scope => scope.Get<IUnitOfWork>().SaveAsync(ct));
        await FillAsync(bulk, scope => new Writer(scope.Get<IBulkWriter>()), scope => scope.Get<IBulkWriter>().SaveAsync(ct));

        await using var one = single.AsSystem();
        await using var all = bulk.AsSystem();
        var (expected, written) = (await TableText.ReadAsync(one.Db, ct), await TableText.ReadAsync(all.Db, ct));
        Assert.All(expected, table => Assert.Equal(table.Value, written[table.Key]));
        Assert.All(Filled, table => Assert.NotEmpty(written[table]));
        foreach (var text in Searched)
            Assert.Equal(Titles(await one.Get<ISearchService>().FindAsync(text, 50, ct)), Titles(await all.Get<ISearchService>().FindAsync(text, 50, ct)));
    }

    [Fact]
    public async Task A_failure_in_the_middle_leaves_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = database.AsSystem();
        var before = await TableText.ReadAsync(scope.Db, ct);
        var writer = scope.Get<IBulkWriter>();
        writer.Add(new Customer { Name = "First", ExternalSource = "erp", ExternalId = "7" });
        writer.Add(new Customer { Name = "Second", ExternalSource = "erp", ExternalId = "7" });

        var refused = await Assert.ThrowsAsync<RuleException>(() => writer.SaveAsync(ct));

        Assert.Equal("Error.ExternalIdTaken", Assert.Single(refused.Broken).Text);
        Assert.Equal(before, await TableText.ReadAsync(scope.Db, ct));
        Assert.Empty(scope.Db.ChangeTracker.Entries());
    }

    [Fact]
    public async Task What_runs_within_is_committed_or_dropped_with_the_batch()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = database.AsSystem();
        var (writer, note) = (scope.Get<IBulkWriter>(), new Attachment { Name = "kept.pdf", Hash = new('b', 64), MediaType = "application/pdf" });
        writer.Add(new Customer { Name = "Kept only with its outcome" });

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.SaveAsync(_ => throw new InvalidOperationException(), ct));
        Assert.False(await scope.Db.Set<Customer>().AnyAsync(c => c.Name == "Kept only with its outcome", ct));

        writer.Add(note);
        await writer.SaveAsync(c => scope.Db.Set<Attachment>().Where(a => a.Id == note.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Size, 5), c), ct);
        Assert.Equal(5, (await scope.Db.Set<Attachment>().AsNoTracking().SingleAsync(a => a.Id == note.Id, ct)).Size);
    }

    [Fact]
    public async Task Search_follows_later_changes_of_what_was_written_at_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = database.AsSystem();
        var (writer, customer) = (scope.Get<IBulkWriter>(), new Customer { Name = "Castellan Freight Ltd" });
        writer.Add(customer);
        await writer.SaveAsync(ct);

        var saved = await scope.Repository<Customer>().GetAsync(customer.Id, RecordAction.Edit, ct);
        saved.Name = "Brightwater Logistics";
        await scope.Get<IUnitOfWork>().SaveAsync(ct);

        Assert.Empty(await scope.Get<ISearchService>().FindAsync("castellan", 8, ct));
        Assert.Equal(customer.Id, Assert.Single(await scope.Get<ISearchService>().FindAsync("brightwater", 8, ct)).Id);
    }

    [Fact]
    public async Task Who_may_not_create_is_refused_before_anything_is_written()
    {
        var reader = await database.AddUserAsync("Reader", team: null, BuiltInRoles.ReadOnly);
        await using var scope = await database.AsAsync(reader);

        Assert.Throws<AccessDeniedException>(() => scope.Get<IBulkWriter>().Add(new Customer { Name = "Not mine to make" }));
    }

    [Fact]
    public async Task The_past_has_its_own_days_people_and_numbers()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = database.AsSystem();
        var (writer, customer, then, ana) = (scope.Get<IPastWriter>(), new Customer { Name = "Ironbridge Castings" }, new DateTime(2024, 11, 5, 8, 0, 0, DateTimeKind.Utc), await database.AddUserAsync("Ana", team: null));
        writer.Add(customer, then, ana.Id);
        var move = customer.Move(Lifecycle.Active, reason: null, then.AddDays(40), ana.Id);
        writer.AddPart(move);
        writer.AddEdit(customer, nameof(Customer.Lifecycle), move.From, move.To, move.At, ana.Id);
        await writer.SaveAsync(ct);

        var saved = await scope.Db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Id == customer.Id, ct);
        Assert.Equal((then, then.AddDays(40), ana.Id), (saved.CreatedAt, saved.ModifiedAt, saved.CreatedById!.Value));
        Assert.StartsWith("C-2024-", saved.Number, StringComparison.Ordinal);
        var lines = await scope.Db.Set<TimelineEntry>().AsNoTracking().Where(t => t.CustomerId == customer.Id).OrderBy(t => t.At).ToListAsync(ct);
        Assert.Equal([(TimelineKind.Created, then, null), (TimelineKind.LifecycleMoved, then.AddDays(40), "Prospect,Active")], lines.Select(l => (l.Kind, l.At, l.Detail)));
        Assert.All(lines, line => Assert.Equal(ana.Id, line.ActorId));
        var audit = await scope.Db.Set<AuditEntry>().AsNoTracking().Where(a => a.RecordId == customer.Id).OrderBy(a => a.Id).ToListAsync(ct);
        Assert.Equal([(AuditKind.Created, then), (AuditKind.Changed, then.AddDays(40))], audit.Select(a => (a.Kind, a.At)));
        Assert.Equal(audit[0].VersionAfter, audit[1].VersionBefore);
    }

    /// <summary>A customer that is there before, changed in the same save, and a batch of everything.</summary>
    private static async Task FillAsync(TestDatabase target, Func<TestScope, IKeeper> keeper, Func<TestScope, Task> save)
    {
        var ct = TestContext.Current.CancellationToken;
        var owner = await target.AddUserAsync("Ana Duarte", await target.AddTeamAsync("West"), BuiltInRoles.Administrator);
        await using (var before = await target.AsAsync(owner))
            await before.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Meridian Health Group" }, ct);
        await using var scope = await target.AsAsync(owner);
        var meridian = await scope.Repository<Customer>().GetAsync(await scope.Db.Set<Customer>().Select(c => c.Id).SingleAsync(ct), RecordAction.Edit, ct);
        meridian.Industry = "Hospitals";

        new BulkInput(keeper(scope), target.Clock.GetUtcNow().UtcDateTime, owner, meridian.Id).Fill();
        await save(scope);
    }

    private static IEnumerable<string> Titles(IEnumerable<SearchHit> hits) => hits.Select(h => h.Title).Order(StringComparer.Ordinal);

    private sealed class Repositories(TestScope scope) : IKeeper
    {
        public void Add<T>(T record) where T : Domain.Common.Record => scope.Repository<T>().Add(record);

        public void AddPart<T>(T part) where T : class => scope.Repository<Customer>().AddPart(part);
    }

    private sealed class Writer(IBulkWriter writer) : IKeeper
    {
        public void Add<T>(T record) where T : Domain.Common.Record => writer.Add(record);

        public void AddPart<T>(T part) where T : class => writer.AddPart(part);
    }
}
