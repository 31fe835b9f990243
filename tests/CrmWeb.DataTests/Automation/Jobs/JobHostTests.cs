using CrmWeb.Data.Sqlite;
using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Web.Automation.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmWeb.DataTests.Automation;

/// <summary>What a job does wrong is no reason to do no more; and a host that is stopped gives back what it has in hand.</summary>
public sealed class JobHostTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private readonly TestedJob job = new();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_job_that_waits_in_vain_for_somebody_has_failed_and_is_run_again_when_it_is_due()
    {
        Assert.SkipUnless(database.IsSqlite, "The host gets a file.");
        job.Act = _ => throw new TaskCanceledException("The other side did not answer.");
        await using var services = Services();
        using var host = Host(services);
        await host.StartAsync(Ct);
        await UntilAsync(runs => runs is [{ Error: not null }]);
        Assert.True(host.IsAlive);

        job.Act = _ => Task.FromResult(3);
        database.Clock.Now += TimeSpan.FromMinutes(1);
        var runs = await UntilAsync(runs => runs is [_, { EndedAt: not null }]);
        await host.StopAsync(Ct);

        Assert.StartsWith("TaskCanceledException ", runs[0].Error, StringComparison.Ordinal);
        Assert.Equal((null, 3), (runs[1].Error, runs[1].Rows));
        Assert.False(host.IsAlive);
    }

    [Fact]
    public async Task A_run_that_a_stopped_host_had_in_hand_is_done_by_the_next_one_at_once()
    {
        Assert.SkipUnless(database.IsSqlite, "The host gets a file.");
        job.Act = async ct =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return 0;
        };
        await using var services = Services();
        using (var host = Host(services))
        {
            await host.StartAsync(Ct);
            await UntilAsync(runs => runs.Count == 1 && job.Runs == 1);
            await host.StopAsync(Ct);
        }
        Assert.Null((await UntilAsync(runs => runs.Count == 1))[0].EndedAt);

        job.Act = _ => Task.FromResult(5);
        using var next = Host(services);
        await next.StartAsync(Ct);
        var run = Assert.Single(await UntilAsync(runs => runs is [{ EndedAt: not null }])); // the clock stands: no lease runs out
        await next.StopAsync(Ct);

        Assert.Equal((null, 5, 2), (run.Error, run.Rows, job.Runs));
    }

    [Fact]
    public async Task A_clock_that_was_a_year_ahead_and_is_put_right_stops_no_job()
    {
        Assert.SkipUnless(database.IsSqlite, "The host gets a file.");
        await using var services = Services();
        using var host = Host(services);
        await host.StartAsync(Ct);
        var start = database.Clock.Now;
        await EndedAsync(1);
        database.Clock.Now = start.AddDays(365);
        await EndedAsync(2); // the one that was missed, late
        database.Clock.Now = start.AddDays(365).AddMinutes(1);
        Assert.True((await EndedAsync(3))[^1].DueAt > start.UtcDateTime.AddDays(300));

        database.Clock.Now = start.AddMinutes(2);
        await GoOnAsync(); // the host that was there
        await host.StopAsync(Ct);

        using var next = Host(services);
        await next.StartAsync(Ct);
        await GoOnAsync(); // and one that only knows the rows
        await next.StopAsync(Ct);
    }

    /// <summary>Lets minutes pass until the job runs once more.</summary>
    private async Task GoOnAsync()
    {
        var before = job.Runs;
        await UntilAsync(_ =>
        {
            database.Clock.Now += TimeSpan.FromMinutes(1);
            return job.Runs > before;
        });
    }

    private Task<IReadOnlyList<JobRun>> EndedAsync(int count) => UntilAsync(runs => runs.Count(r => r.EndedAt is not null) == count);

    private ServiceProvider Services() => Product.Services(new SqliteProvider(), $"Data Source={database.File}", database.Clock, database.Files)
        .AddScoped<IScheduledJob>(_ => job).BuildServiceProvider(validateScopes: true);

    private JobHost Host(ServiceProvider services) => new(services.GetRequiredService<IServiceScopeFactory>(), database.Clock, NullLogger<JobHost>.Instance);

    private async Task<IReadOnlyList<JobRun>> UntilAsync(Func<IReadOnlyList<JobRun>, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var scope = database.AsSystem();
            var runs = await scope.Db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job.Name).OrderBy(r => r.DueAt).ToListAsync(patience.Token);
            if (reached(runs))
                return runs;
            await Task.Delay(30, patience.Token);
        }
    }

    private sealed class TestedJob : IScheduledJob
    {
        private int runs;

        public Func<CancellationToken, Task<int>> Act { get; set; } = _ => Task.FromResult(0);

        public int Runs => runs;

        public string Name => "tested";

        public string Cron => "* * * * *";

        public Task<int> RunAsync(CancellationToken ct)
        {
            Interlocked.Increment(ref runs);
            return Act(ct);
        }
    }
}
