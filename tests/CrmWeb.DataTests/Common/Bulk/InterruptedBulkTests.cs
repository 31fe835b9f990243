using CrmWeb.DataTests.Automation;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Bulk;

/// <summary>Many records in the background: what was interrupted goes on behind its last batch, every record once.</summary>
public sealed class InterruptedBulkTests
{
    private const int Many = 3_000, Batch = 500;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_its_host_was_stopped_it_goes_on_and_has_changed_each_record_once()
    {
        await using var database = await TestDatabase.StartAsync();
        var (id, ids) = await StartAsync(database);

        await using (await Worker.StartAsync(database))
            await UntilAsync(database, id, (_, p) => p.Changed > 0);
        var (state, left) = await StateAsync(database, id);
        Assert.Equal(BulkState.Running, state);
        Assert.InRange(left.Changed, Batch, Many - Batch);
        await AssertConsistentAsync(database, left.Changed);

        await using (await Worker.StartAsync(database))
            await UntilAsync(async () => await WorkAsync(database, id) == WorkState.Done); // the run says that it is done a moment before its work does

        Assert.Equal(BulkState.Done, (await StateAsync(database, id)).State);
        Assert.Equal(Many, (await StateAsync(database, id)).Progress.Changed);
        await AssertConsistentAsync(database, Many);
        await using var scope = database.AsSystem();
        Assert.Equal(Many, await scope.Db.Set<AuditEntry>().Where(a => ids.Contains(a.RecordId) && a.Kind == AuditKind.Changed).Select(a => a.RecordId).Distinct().CountAsync(Ct));
        Assert.Equal(Many, await scope.Db.Set<AuditEntry>().CountAsync(a => a.RecordType == nameof(Customer) && a.Operation == id, Ct)); // so that all of it is taken back together
        Assert.Equal(WorkState.Done, await WorkAsync(database, id));
    }

    [Fact]
    public async Task Two_workers_with_the_same_run_in_hand_change_each_record_once()
    {
        await using var database = await TestDatabase.StartAsync();
        var (id, _) = await StartAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            await using var scope = database.AsSystem();
            var handler = scope.Get<IEnumerable<IWorkHandler>>().Single(h => h.Kind == "bulk");
            try
            {
                await handler.RunAsync(id, new Silent(), Ct);
            }
            catch (StaleRecordException)
            {
                // both came to the end: the second one finds it ended
            }
        }, Ct)));

        Assert.Equal(Many, (await StateAsync(database, id)).Progress.Changed);
        await AssertConsistentAsync(database, Many);
    }

    [Fact]
    public async Task Stopped_by_its_maker_it_leaves_what_is_done()
    {
        await using var database = await TestDatabase.StartAsync();
        var (id, _) = await StartAsync(database);
        await using (var scope = await database.AsAsync(await database.AddUserAsync("Other", team: null, BuiltInRoles.Administrator)))
            await Assert.ThrowsAsync<RecordNotFoundException>(() => scope.Get<IBulkRuns>().StopAsync(id, Ct));

        await using (var worker = await Worker.StartAsync(database))
        {
            await UntilAsync(database, id, (_, p) => p.Changed > 0);
            await using (var scope = database.AsSystem())
                await scope.Get<IBulkRuns>().StopAsync(id, Ct);
        }

        var (state, progress) = await StateAsync(database, id);
        Assert.Equal(BulkState.Stopped, state);
        Assert.InRange(progress.Changed, Batch, Many - Batch);
        await AssertConsistentAsync(database, progress.Changed);
    }

    [Fact]
    public async Task A_person_who_may_no_longer_do_it_changes_nothing()
    {
        await using var database = await TestDatabase.StartAsync();
        var admin = await database.AddUserAsync("Admin", team: null, BuiltInRoles.Administrator);
        var (id, _) = await StartAsync(database, admin);
        await using (var scope = database.AsSystem())
        {
            var user = await scope.Db.Set<User>().AsTracking().Include(u => u.Roles).SingleAsync(u => u.Id == admin.Id, Ct);
            user.SetRoles(await scope.Db.Set<Role>().Where(r => r.BuiltIn == BuiltInRoles.ReadOnly).Select(r => r.Id).ToListAsync(Ct));
            await scope.SaveAsync();
        }

        await using (await Worker.StartAsync(database))
            await UntilAsync(database, id, (s, _) => s == BulkState.Done);

        Assert.Equal((0, Many), ((await StateAsync(database, id)).Progress.Changed, (await StateAsync(database, id)).Progress.Left));
        await AssertConsistentAsync(database, 0);
    }

    /// <summary>A run over all customers, waiting in the queue.</summary>
    private static async Task<(long Id, List<long> Customers)> StartAsync(TestDatabase database, User? user = null)
    {
        await using var scope = database.AsSystem();
        var bulk = scope.Get<IBulkWriter>();
        for (var i = 1; i <= Many; i++)
            bulk.Add(new Customer { Name = $"Halden {i}" });
        await bulk.SaveAsync(Ct);
        await using var mine = user is null ? database.AsSystem() : await database.AsAsync(user);
        var (type, list) = await BulkTests.OpenAsync<Customer>(mine);
        var chosen = await mine.Get<ISelectionService>().ChooseAllAsync(type, list, Ct);
        var result = await mine.Get<IBulkService>().RunAsync(type, list, new(BulkAction.Edit, new() { ["industry"] = "Timber" }), chosen.Version, Ct);
        Assert.False(result.IsDone);
        Assert.Empty((await mine.Db.Set<BulkRun>().SingleAsync(r => r.Id == result.Id, Ct)).Ids);
        Assert.Equal(Many, (await mine.Get<IWorkQueue>().OfAsync(result.Id, Ct))!.Total);
        return (result.Id, await scope.Db.Set<Customer>().Select(c => c.Id).ToListAsync(Ct));
    }

    /// <summary>What is counted as done is done, once, and nothing else.</summary>
    private static async Task AssertConsistentAsync(TestDatabase database, int changed)
    {
        await using var scope = database.AsSystem();
        Assert.Equal(changed, await scope.Db.Set<Customer>().CountAsync(c => c.Industry == "Timber", Ct));
        Assert.Equal(changed, await scope.Db.Set<AuditEntry>().CountAsync(a => a.RecordType == nameof(Customer) && a.Kind == AuditKind.Changed, Ct));
    }

    private static async Task<(BulkState State, BulkProgress Progress)> StateAsync(TestDatabase database, long id)
    {
        await using var scope = database.AsSystem();
        return (await scope.Db.Set<BulkRun>().Where(r => r.Id == id).Select(r => r.State).SingleAsync(Ct), await scope.Db.Set<BulkProgress>().SingleAsync(p => p.BulkRunId == id, Ct));
    }

    private static async Task<WorkState> WorkAsync(TestDatabase database, long id)
    {
        await using var scope = database.AsSystem();
        return (await scope.Db.Set<WorkItem>().SingleAsync(w => w.SubjectId == id, Ct)).State;
    }

    private static Task UntilAsync(TestDatabase database, long id, Func<BulkState, BulkProgress, bool> reached) =>
        UntilAsync(async () => await StateAsync(database, id) is var (state, progress) && reached(state, progress));

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await reached())
            await Task.Delay(5, patience.Token);
    }

    private sealed class Silent : IWorkProgress
    {
        public Task ReportAsync(int done, int? total, CancellationToken ct) => Task.CompletedTask;
    }
}
