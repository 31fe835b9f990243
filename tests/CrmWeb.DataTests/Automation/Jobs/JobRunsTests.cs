using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Web.Automation.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmWeb.DataTests.Automation;

/// <summary>Runs of jobs: one instance does each, another one takes over when it is gone, and old ones do not pile up.</summary>
public sealed class JobRunsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_whose_instance_is_gone_is_taken_over_once_and_only_then()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var here = database.AsSystem();
        await using var there = database.AsSystem(database.Another());
        var (mine, theirs) = (here.Get<IWorkStore>(), there.Get<IWorkStore>());
        var run = await mine.BeginRunAsync("figures", database.Clock.Utc, Ct);
        Assert.Null(await theirs.BeginRunAsync("figures", database.Clock.Utc, Ct));

        database.Clock.Now += TimeSpan.FromSeconds(40);
        await mine.KeepRunAsync(run!.Value, Ct);
        database.Clock.Now += TimeSpan.FromSeconds(40);
        Assert.Null(await theirs.TakeOverRunAsync("figures", Ct)); // it was kept
        database.Clock.Now += TimeSpan.FromSeconds(40);

        Assert.Null(await theirs.TakeOverRunAsync("outbox", Ct));
        Assert.Equal(run, await theirs.TakeOverRunAsync("figures", Ct));
        Assert.Null(await mine.TakeOverRunAsync("figures", Ct));
        await theirs.EndRunAsync(run.Value, rows: 7, error: null, Ct);
        database.Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Null(await mine.TakeOverRunAsync("figures", Ct)); // it has ended
    }

    [Fact]
    public async Task A_run_that_takes_its_instance_down_again_and_again_is_ended_as_crashed()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        var store = scope.Get<IWorkStore>();
        var run = await store.BeginRunAsync("figures", database.Clock.Utc, Ct);

        for (var stops = 0; stops < 3; stops++) // asked to end: no crash
        {
            await store.ReleaseRunAsync(run!.Value, Ct);
            Assert.Equal(run, await store.TakeOverRunAsync("figures", Ct));
        }
        for (var crashes = 1; crashes < WorkItem.MostCrashes; crashes++)
        {
            database.Clock.Now += TimeSpan.FromMinutes(2);
            Assert.Equal(run, await store.TakeOverRunAsync("figures", Ct));
        }
        database.Clock.Now += TimeSpan.FromMinutes(2);

        Assert.Null(await store.TakeOverRunAsync("figures", Ct));
        var ended = await scope.Db.Set<JobRun>().AsNoTracking().SingleAsync(Ct);
        Assert.Equal((database.Clock.Utc, "Crashed"), (ended.EndedAt, ended.Error));
    }

    [Fact]
    public async Task A_run_that_background_work_does_is_left_to_it()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        await scope.Get<IWorkStore>().AskForRunAsync("figures", database.Clock.Utc, with: _ => { }, Ct);
        database.Clock.Now += TimeSpan.FromHours(1);

        Assert.Null(await scope.Get<IWorkStore>().TakeOverRunAsync("figures", Ct));
    }

    [Fact]
    public async Task A_run_that_is_asked_for_is_saved_with_its_work_and_its_line_in_the_audit_at_once()
    {
        await using var database = await TestDatabase.StartAsync();
        var saves = new Saves();
        await using var scope = database.AsSystem(database.Another(options => options.AddInterceptors(saves)));

        await scope.Get<IJobService>().RunAsync("figures", Ct);
        await scope.Get<IJobService>().RunAsync("figures", Ct); // in the same second

        Assert.Equal(["AuditEntry JobRun WorkItem", "AuditEntry JobRun WorkItem"], saves.Added); // killed between two saves, the run would never end
        Assert.Equal((1, 1), (await scope.Db.Set<JobRun>().CountAsync(Ct), await scope.Db.Set<WorkItem>().CountAsync(Ct)));
        var noted = await scope.Db.Set<AuditEntry>().SingleAsync(a => a.Kind == AuditKind.JobAskedFor, Ct);
        Assert.Equal("figures", noted.Why);
    }

    [Fact]
    public async Task The_host_finishes_what_another_one_has_left()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        var now = database.Clock.Utc;
        var left = await scope.Get<IWorkStore>().BeginRunAsync("figures", now.Date.AddMinutes(135), Ct); // today's, of 02:15
        database.Clock.Now += TimeSpan.FromMinutes(2);

        using var host = new JobHost(database.Another().GetRequiredService<IServiceScopeFactory>(), database.Clock, NullLogger<JobHost>.Instance);
        await host.StartAsync(Ct);
        for (var tries = 0; tries < 200 && await scope.Db.Set<JobRun>().AnyAsync(r => r.Id == left && r.EndedAt == null, Ct); tries++)
            await Task.Delay(50, Ct);
        await host.StopAsync(Ct);

        var run = await scope.Db.Set<JobRun>().AsNoTracking().SingleAsync(r => r.Id == left, Ct);
        Assert.Equal((database.Clock.Utc, null), (run.EndedAt!.Value, run.Error));
    }

    [Fact]
    public async Task Old_runs_and_done_work_go_but_the_newest_run_of_a_job_and_what_failed_stay()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        var (now, id) = (database.Clock.Utc, 900L);
        foreach (var (job, days, ended) in new[] { ("outbox", 20, true), ("outbox", 15, true), ("outbox", 13, true), ("rare", 40, true), ("rare", 30, true), ("stuck", 30, false), ("stuck", 20, true) })
        {
            var at = now.AddDays(-days);
            scope.Db.Add(new JobRun { Id = id++, Job = job, DueAt = at, StartedAt = at, EndedAt = ended ? at.AddMinutes(1) : null });
        }
        foreach (var (state, days) in new[] { (WorkState.Done, 20), (WorkState.Cancelled, 20), (WorkState.Failed, 20), (WorkState.Done, 3), (WorkState.Waiting, 20) })
        {
            var at = now.AddDays(-days);
            scope.Db.Add(new WorkItem { Id = id++, Kind = "test", SubjectId = days, UserId = 1, State = state, CreatedAt = at, DueAt = at, EndedAt = state == WorkState.Waiting ? null : at });
        }
        await scope.Db.SaveChangesAsync(Ct);

        var job1 = scope.Get<IEnumerable<IScheduledJob>>().Single(j => j.Name == "tidy");
        var removed = await job1.RunAsync(Ct);

        Assert.Equal(5, removed);
        Assert.Equal([("outbox", 13), ("rare", 30), ("stuck", 30), ("stuck", 20)],
            (await scope.Db.Set<JobRun>().AsNoTracking().OrderBy(r => r.Job).ThenBy(r => r.DueAt).ToListAsync(Ct)).Select(r => (r.Job, (now - r.DueAt).Days)));
        Assert.Equal([WorkState.Failed, WorkState.Done, WorkState.Waiting], (await scope.Db.Set<WorkItem>().AsNoTracking().OrderBy(w => w.Id).ToListAsync(Ct)).Select(w => w.State));
    }

    /// <summary>What each save adds.</summary>
    private sealed class Saves : SaveChangesInterceptor
    {
        public List<string> Added { get; } = [];

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Added.Add(string.Join(' ', eventData.Context!.ChangeTracker.Entries().Select(e => e.Metadata.ClrType.Name).Order(StringComparer.Ordinal)));
            return new(result);
        }
    }
}
