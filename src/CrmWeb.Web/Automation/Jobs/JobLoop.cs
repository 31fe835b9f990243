using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Automation.Jobs;

/// <summary>Runs the scheduled jobs that are due, and those another instance has begun and left.</summary>
internal sealed class JobLoop(IServiceScopeFactory scopes, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan LookForLeft = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTime> nexts = new(StringComparer.Ordinal), lookAgain = new(StringComparer.Ordinal);

    /// <returns>False: what is due next has its time.</returns>
    public async Task<bool> TurnAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("job");
        var (store, now) = (scope.ServiceProvider.GetRequiredService<IWorkStore>(), clock.GetUtcNow().UtcDateTime);
        foreach (var job in scope.ServiceProvider.GetServices<IScheduledJob>())
        {
            if (!nexts.TryGetValue(job.Name, out var due))
                due = job.NextAfter(await store.LastDueAsync(job.Name, ct) ?? now.AddMinutes(-1));
            if (job.NextAfter(now) is var next && due > next)
                due = next; // the clock was put back: the last run lies in what is the future again
            nexts[job.Name] = due;
            if (due > now)
            {
                if (now >= lookAgain.GetValueOrDefault(job.Name))
                    await TakeOverAsync(store, job, now, ct);
                continue;
            }

            nexts[job.Name] = next; // what was missed while nothing ran is done once, not many times
            if (await store.BeginRunAsync(job.Name, due, ct) is { } run)
                await RunAsync(store, job, run, ct);
        }
        return false;
    }

    /// <summary>A run that another instance began and did not end, nor kept, is done here.</summary>
    private async Task TakeOverAsync(IWorkStore store, IScheduledJob job, DateTime now, CancellationToken ct)
    {
        lookAgain[job.Name] = now + LookForLeft;
        if (await store.TakeOverRunAsync(job.Name, ct) is { } left)
            await RunAsync(store, job, left, ct);
    }

    private async Task RunAsync(IWorkStore store, IScheduledJob job, long run, CancellationToken ct)
    {
        try
        {
            await store.EndRunAsync(run, await KeptAsync(job, run, ct), error: null, CancellationToken.None); // it is done, whoever stops the process now
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await store.ReleaseRunAsync(run, CancellationToken.None); // the process ends, another one goes on
            throw;
        }
        catch (Exception failed)
        {
            var reference = FailureCode.New();
            JobHost.WorkFailed(log, failed, job.Name, run, 1, reference);
            await store.EndRunAsync(run, 0, $"{failed.GetType().Name} {reference}", ct);
        }
    }

    private async Task<int> KeptAsync(IScheduledJob job, long run, CancellationToken ct)
    {
        await using var kept = new KeptRun(scopes, run, clock);
        return await job.RunAsync(ct);
    }
}
