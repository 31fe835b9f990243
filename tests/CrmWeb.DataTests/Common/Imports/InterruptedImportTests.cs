using System.Globalization;
using System.Text;
using CrmWeb.DataTests.Automation;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>An import whose process goes away in the middle goes on when there is one again: every row once, none lost.</summary>
public sealed class InterruptedImportTests
{
    private const int Rows = 12_000, Rejected = Rows / 1_000, Created = Rows - Rejected;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>20 kills by <c>tests/run --long</c>.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("CRMWEB_LONG") == "1" ? 4 : 1)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task However_often_its_process_is_killed_it_goes_on_behind_its_last_batch(int seed)
    {
        await using var database = await TestDatabase.StartAsync();
        Assert.SkipUnless(database.IsSqlite, "The other process is given a file.");
        database.Clock.Now = DateTimeOffset.UtcNow; // the other process has the real time
        var (id, random, before) = (await CheckedAsync(database), new Random(seed), 0);
        await StartAsync(database, id);

        for (var kill = 0; kill < Kills; kill++)
        {
            await using (var other = new OtherProcess(database))
            {
                await UntilAsync(database, id, p => !p.IsDryRun && p.Rows > before);
                await Task.Delay(random.Next(200), Ct);
                other.Kill();
            }
            var (state, left) = await StateAsync(database, id);
            await AssertConsistentAsync(database, id, left);
            Assert.Equal(ImportState.Running, state);
            Assert.InRange(left.Rows, before + ImportEngineBatch, Rows - ImportEngineBatch);
            before = left.Rows;
            await FreeAsync(database, id);
        }

        await using (await Worker.StartAsync(database))
            await UntilAsync(database, id, ImportState.Done);

        await AssertAllInAsync(database, id);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Kills} kills of an import of {Rows} rows: {Created} created, {Rejected} rejected, each once."));
    }

    [Fact]
    public async Task After_its_process_was_asked_to_end_it_goes_on_at_once()
    {
        await using var database = await TestDatabase.StartAsync();
        Assert.SkipUnless(database.IsSqlite && !OperatingSystem.IsWindows(), "The other process is given a file and a signal.");
        database.Clock.Now = DateTimeOffset.UtcNow; // the other process has the real time
        var id = await CheckedAsync(database);
        await StartAsync(database, id);

        await using (var other = new OtherProcess(database))
        {
            await UntilAsync(database, id, p => p is { IsDryRun: false, Rows: > 0 });
            await other.EndAsync();
        }
        Assert.Equal(ImportState.Running, (await StateAsync(database, id)).State);

        await using (await Worker.StartAsync(database)) // the clock stands: no lease runs out
            await UntilAsync(database, id, ImportState.Done);

        await AssertAllInAsync(database, id);
    }

    [Fact]
    public async Task After_its_host_was_stopped_it_goes_on_at_once_and_still_knows_how_many_rows_there_are()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await CheckedAsync(database);
        await StartAsync(database, id);

        await using (await Worker.StartAsync(database))
            await UntilAsync(database, id, p => p is { IsDryRun: false, Rows: > 0 });
        var (state, left) = await StateAsync(database, id);
        Assert.Equal(ImportState.Running, state);
        Assert.InRange(left.Rows, ImportEngineBatch, Rows - ImportEngineBatch);

        await using (await Worker.StartAsync(database)) // the clock stands: nothing runs out
        {
            await UntilAsync(database, id, p => p.Rows > left.Rows);
            await using (var scope = database.AsSystem())
                Assert.Equal(Rows, (await scope.Get<Services.Automation.IWorkQueue>().OfAsync(id, Ct))!.Total);
            await UntilAsync(database, id, ImportState.Done);
        }

        await AssertAllInAsync(database, id);
    }

    [Fact]
    public async Task One_of_the_command_line_is_gone_on_with_in_the_background()
    {
        await using var database = await TestDatabase.StartAsync();
        var id = await CheckedAsync(database);

        await using (var scope = database.AsSystem())
        {
            using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scope.Get<IImportService>().RunNowAsync(id, dryRun: false, _ => interrupted.Cancel(), interrupted.Token));
        }
        Assert.Equal(ImportEngineBatch, (await StateAsync(database, id)).Progress.Rows);
        database.Clock.Now += TimeSpan.FromMinutes(2);
        await using (await Worker.StartAsync(database))
            await UntilAsync(database, id, ImportState.Done);

        await AssertAllInAsync(database, id);
    }

    private const int ImportEngineBatch = 500, Kills = 5;

    /// <summary>As after a minute: what the dead one had in hand is free.</summary>
    private static async Task FreeAsync(TestDatabase database, long id)
    {
        database.Clock.Now = DateTimeOffset.UtcNow;
        await using var scope = database.AsSystem();
        var over = database.Clock.Utc.AddSeconds(-1);
        Assert.Equal(1, await scope.Db.Set<WorkItem>().Where(w => w.SubjectId == id && w.State == WorkState.Running).ExecuteUpdateAsync(s => s.SetProperty(w => w.LeasedUntil, over), Ct));
    }

    /// <summary>A file of many rows, one in a thousand of which is refused, up to the end of its dry run.</summary>
    private static async Task<long> CheckedAsync(TestDatabase database)
    {
        var text = new StringBuilder("name,employees,email\n");
        for (var i = 1; i <= Rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"Halden {i},{(i % 1_000 == 0 ? "many" : i)},row{i}@halden.example\n");
        await using var scope = database.AsSystem();
        var import = new FileImport(scope);
        var id = await import.PrepareAsync("Customer", "many.csv", new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.Equal((Created, 0, 0, Rejected), FileImport.Counts(await import.RunAsync(id, dryRun: true)));
        return id;
    }

    private static async Task StartAsync(TestDatabase database, long id)
    {
        await using var scope = database.AsSystem();
        await scope.Get<IImportService>().RunAsync(id, Ct);
    }

    private static async Task AssertAllInAsync(TestDatabase database, long id)
    {
        var (_, progress) = await StateAsync(database, id);
        Assert.Equal((Rows, (Created, 0, 0, Rejected)), (progress.Rows, FileImport.Counts(progress)));
        await AssertConsistentAsync(database, id, progress);
        await using var scope = database.AsSystem();
        Assert.Equal(Created, await scope.Db.Set<Customer>().Select(c => c.Name).Distinct().CountAsync(Ct));
        Assert.Equal(Created, await scope.Db.Set<CustomerFigures>().CountAsync(Ct));
        Assert.Equal(WorkState.Done, (await scope.Db.Set<WorkItem>().OrderByDescending(w => w.Id).FirstAsync(w => w.SubjectId == id, Ct)).State);
    }

    /// <summary>The place in the file, the outcomes and the records are of the same moment.</summary>
    private static async Task AssertConsistentAsync(TestDatabase database, long id, ImportProgress progress)
    {
        await using var scope = database.AsSystem();
        var rows = await scope.Db.Set<ImportRow>().Where(r => r.ImportRunId == id).ToListAsync(Ct);
        var stored = await scope.Db.Set<Customer>().Select(c => c.Id).ToListAsync(Ct);
        Assert.Equal(progress.Rows, rows.Count);
        Assert.Equal(progress.Created, stored.Count);
        Assert.Equal(stored.Order(), rows.Where(r => r.Outcome == ImportOutcome.Created).Select(r => r.RecordId!.Value).Order());
    }

    private static async Task<(ImportState State, ImportProgress Progress)> StateAsync(TestDatabase database, long id)
    {
        await using var scope = database.AsSystem();
        return (await scope.Db.Set<ImportRun>().Where(r => r.Id == id).Select(r => r.State).SingleAsync(Ct), await scope.Db.Set<ImportProgress>().SingleAsync(p => p.ImportRunId == id, Ct));
    }

    private static Task UntilAsync(TestDatabase database, long id, Func<ImportProgress, bool> reached) => UntilAsync(database, id, (_, progress) => reached(progress));

    private static Task UntilAsync(TestDatabase database, long id, ImportState wanted) => UntilAsync(database, id, (state, _) => state == wanted);

    private static async Task UntilAsync(TestDatabase database, long id, Func<ImportState, ImportProgress, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (await StateAsync(database, id) is var (state, progress) && !reached(state, progress))
            await Task.Delay(20, patience.Token);
    }
}
