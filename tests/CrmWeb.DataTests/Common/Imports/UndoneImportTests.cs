using System.Text;
using CrmWeb.DataTests.Automation;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>What a file brought in is taken back within a month, where nobody has worked with it since.</summary>
public sealed class UndoneImportTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private User ana = null!, ben = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.StartAsync();
        var team = await database.AddTeamAsync("North");
        ana = await database.AddUserAsync("Ana", team, BuiltInRoles.Administrator);
        ben = await database.AddUserAsync("Ben", team, BuiltInRoles.Administrator);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task What_it_created_goes_to_the_trash_and_what_it_changed_is_as_before()
    {
        var known = await AddAsync(new() { Name = "Known", Email = "known@x.example", City = "Bergen" });
        var import = await ImportAsync("name,email,city,parent\nGroup,g@x.example,Oslo,\nKnown,known@x.example,Oslo,Group\nChild,c@x.example,Oslo,Group\n");

        var view = await UndoAsync(import);

        Assert.Equal((3, 0, 0), (view.Progress.Changed, view.Progress.Unchanged, view.Progress.Left));
        Assert.Equal((BulkState.Done, BulkAction.Undo, import), (view.Run.State, view.Run.Action, view.Run.Operation!.Value));
        await using var scope = database.AsSystem();
        var all = await scope.Db.Set<Customer>().AsNoTracking().ToDictionaryAsync(c => c.Name, Ct);
        Assert.Equal((true, true, false), (all["Group"].DeletedAt is not null, all["Child"].DeletedAt is not null, all["Known"].DeletedAt is not null));
        Assert.Equal((known, "Bergen", null), (all["Known"].Id, all["Known"].City, all["Known"].ParentId));
        var audit = await scope.Db.Set<AuditEntry>().Where(a => a.Operation == view.Run.Id && a.RecordType == "Customer").ToListAsync(Ct);
        Assert.All(audit, a => Assert.Equal((ana.Id, $"undo:{import}"), (a.UserId, a.Why)));
        Assert.Equal([AuditKind.Changed, AuditKind.Deleted, AuditKind.Deleted], audit.Select(a => a.Kind).Order());
    }

    [Fact]
    public async Task What_others_work_with_by_now_stays_and_is_named()
    {
        var known = await AddAsync(new() { Name = "Known", Email = "known@x.example", City = "Bergen" });
        var import = await ImportAsync("name,email,city\nKnown,known@x.example,Oslo\nTouched,t@x.example,Oslo\nUsed,u@x.example,Oslo\nFree,f@x.example,Oslo\n");
        var ids = await IdsAsync();
        await EditAsync(ben, known, ("city", "Stavanger"));
        await EditAsync(ben, ids["Touched"], ("industry", "Ships"));
        await using (var scope = await database.AsAsync(ben))
            await scope.Get<IRecordService<Contact>>().CreateAsync(new() { ["familyName"] = "Berg", ["customer"] = ids["Used"] }, Ct);

        var preview = await AsAnaAsync(s => s.Get<IUndoService>().PreviewAsync(import, Ct));
        var view = await UndoAsync(import);

        Assert.Equal((3, 1, 1, 1), (preview.Created, preview.CreatedThenChanged, preview.Changed, preview.ChangedAgain));
        Assert.Equal((1, 3), (view.Progress.Changed, view.Progress.Left));
        var left = await AsAnaAsync(s => s.Get<IBulkRuns>().LeftAsync(view.Run.Id, 0, 10, Ct));
        Assert.Equal([("Known", "Undo.ChangedSince"), ("Touched", "Undo.ChangedSince"), ("Used", "Undo.InUse")], left.Select(l => (l.Title!, l.Reasons[0].Text)).Order());
        await using var check = database.AsSystem();
        Assert.Equal(["Free"], await check.Db.Set<Customer>().Where(c => c.DeletedAt != null).Select(c => c.Name).ToListAsync(Ct));
        Assert.Equal("Stavanger", await check.Db.Set<Customer>().Where(c => c.Id == known).Select(c => c.City).SingleAsync(Ct));
    }

    [Fact]
    public async Task What_is_no_longer_his_to_delete_stays()
    {
        var sam = await database.AddUserAsync("Sam", await database.AddTeamAsync("East"), BuiltInRoles.Sales);
        var import = await ImportAsync("name\nMine\nGiven\n", sam);
        await using (var scope = await database.AsAsync(ana))
        {
            (await scope.Repository<Customer>().GetAsync((await IdsAsync())["Given"], RecordAction.Edit, Ct)).Assign(ben.Id, ben.HomeTeamId);
            await scope.SaveAsync();
        }

        var view = await UndoAsync(import, sam);

        Assert.Equal((1, 1), (view.Progress.Changed, view.Progress.Left));
        await using var check = database.AsSystem();
        Assert.Equal(["Mine"], await check.Db.Set<Customer>().Where(c => c.DeletedAt != null).Select(c => c.Name).ToListAsync(Ct));
    }

    [Fact]
    public async Task Only_who_did_it_within_thirty_days()
    {
        var import = await ImportAsync("name\nHalden\n");
        var (start, month) = (database.Clock.Now, TimeSpan.FromDays(30));

        await using (var scope = await database.AsAsync(ben))
            await Assert.ThrowsAsync<RecordNotFoundException>(() => scope.Get<IUndoService>().UndoAsync(import, Ct));
        database.Clock.Now = start + month + TimeSpan.FromSeconds(1);
        var late = await Assert.ThrowsAsync<RuleException>(() => UndoAsync(import));
        Assert.Null(await AsAnaAsync(s => s.Get<IUndoService>().UntilAsync(import, Ct)));
        database.Clock.Now = start + month - TimeSpan.FromMinutes(1);

        Assert.Equal("Undo.ImportTooLate", late.Broken[0].Text);
        Assert.NotNull(await AsAnaAsync(s => s.Get<IUndoService>().UntilAsync(import, Ct)));
        Assert.Equal(1, (await UndoAsync(import)).Progress.Changed);
    }

    [Fact]
    public async Task Taken_back_in_turn_the_records_are_there_again_and_can_be_undone_once_more()
    {
        var known = await AddAsync(new() { Name = "Known", Email = "known@x.example", City = "Bergen" });
        var import = await ImportAsync("name,email,city\nKnown,known@x.example,Oslo\nHalden,h@x.example,Oslo\n");
        var undone = await UndoAsync(import);

        var again = await AsAnaAsync(s => s.Get<IUndoService>().UndoAsync(undone.Run.Id, Ct));
        var once = await UndoAsync(import);

        Assert.Equal((2, 0, true), (again.Done, again.Left, again.IsRedo));
        Assert.Equal((2, 0), (once.Progress.Changed, once.Progress.Left));
        Assert.Equal((0, 2), (await UndoAsync(import)).Progress is var twice ? (twice.Changed, twice.Unchanged) : default);
        await using var scope = database.AsSystem();
        Assert.Equal("Bergen", await scope.Db.Set<Customer>().Where(c => c.Id == known).Select(c => c.City).SingleAsync(Ct));
    }

    [Fact]
    public async Task Many_go_back_in_the_background_also_across_a_stop_of_the_host()
    {
        const int Rows = 4_000;
        var import = await ImportAsync("name\n" + string.Concat(Enumerable.Range(1, Rows).Select(i => $"Halden {i}\n")));
        await EditAsync(ben, (await IdsAsync())["Halden 1700"], ("industry", "Ships"));

        var result = await AsAnaAsync(s => s.Get<IUndoService>().UndoAsync(import, Ct));
        await using (await Worker.StartAsync(database))
            await UntilAsync(result.RunId!.Value, (_, done) => done > 0);
        await using (await Worker.StartAsync(database))
            await UntilAsync(result.RunId.Value, (state, _) => state == BulkState.Done);

        await using var scope = database.AsSystem();
        var progress = await scope.Db.Set<BulkProgress>().SingleAsync(p => p.BulkRunId == result.RunId, Ct);
        Assert.Equal((Rows - 1, 0, 1), (progress.Changed, progress.Unchanged, progress.Left));
        Assert.Equal(["Halden 1700"], await scope.Db.Set<Customer>().Where(c => c.DeletedAt == null).Select(c => c.Name).ToListAsync(Ct));
        Assert.Equal(Rows - 1, await scope.Db.Set<AuditEntry>().CountAsync(a => a.Operation == result.RunId && a.Kind == AuditKind.Deleted, Ct));
        Assert.Equal(result.RunId, (await scope.Db.Set<ImportRun>().SingleAsync(r => r.Id == import, Ct)).UndoRunId);
    }

    private async Task<long> ImportAsync(string csv, User? who = null)
    {
        await using var scope = await database.AsAsync(who ?? ana);
        var import = new FileImport(scope);
        var id = await import.PrepareAsync("Customer", "firms.csv", new MemoryStream(Encoding.UTF8.GetBytes(csv)), v => new(v.Columns, [], DuplicatePolicy.Overwrite));
        await import.RunAsync(id, dryRun: false);
        return id;
    }

    private async Task<BulkView> UndoAsync(long import, User? who = null)
    {
        await using var scope = await database.AsAsync(who ?? ana);
        var run = (await scope.Get<IUndoService>().UndoAsync(import, Ct)).RunId!.Value;
        return await scope.Get<IBulkRuns>().ShowAsync(run, Ct);
    }

    private async Task<TResult> AsAnaAsync<TResult>(Func<TestScope, Task<TResult>> ask)
    {
        await using var scope = await database.AsAsync(ana);
        return await ask(scope);
    }

    private async Task<long> AddAsync(Customer customer)
    {
        await using var scope = database.AsSystem();
        return (await scope.AddAsync(customer)).Id;
    }

    private async Task EditAsync(User who, long id, params (string Key, object? Value)[] values)
    {
        await using var scope = await database.AsAsync(who);
        var wanted = new FieldValues();
        foreach (var (key, value) in values)
            wanted[key] = value;
        await scope.Get<IRecordService<Customer>>().EditAsync(id, wanted, await scope.Db.Set<Customer>().Where(c => c.Id == id).Select(c => c.Version).SingleAsync(Ct), Ct);
    }

    private async Task<Dictionary<string, long>> IdsAsync()
    {
        await using var scope = database.AsSystem();
        return await scope.Db.Set<Customer>().ToDictionaryAsync(c => c.Name, c => c.Id, Ct);
    }

    private async Task UntilAsync(long run, Func<BulkState, int, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await using var scope = database.AsSystem();
        while (!reached(await scope.Db.Set<BulkRun>().Where(r => r.Id == run).Select(r => r.State).SingleAsync(Ct), await scope.Db.Set<BulkProgress>().Where(p => p.BulkRunId == run).Select(p => p.Changed).SingleAsync(Ct)))
            await Task.Delay(20, patience.Token);
    }
}
