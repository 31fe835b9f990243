using CrmWeb.Domain.Automation;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Cronos;

namespace CrmWeb.Web.Automation.Jobs;

/// <summary>Does background work and scheduled jobs. What must last are rows; of several instances one wins each row.</summary>
internal sealed partial class JobHost(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobHost> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), LookForLeft = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTime> lookAgain = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var jobs = Task.Run(() => RunJobsAsync(stoppingToken), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await RunWorkAsync(stoppingToken))
                    await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failed)
            {
                Stumbled(log, failed);
                await Task.Delay(Pause * 5, clock, stoppingToken);
            }
        }
        await jobs.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>One piece of work, if there is any.</summary>
    private async Task<bool> RunWorkAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IWorkStore>();
        if (await store.ClaimAsync(ct) is not { } work)
            return false;

        var handler = HandlerOf(work, scope);
        var profile = await scope.ServiceProvider.GetRequiredService<IUserProfiles>().FindAsync(work.UserId, ct);
        if (handler is null || profile is null)
        {
            await FailAsync(store, work, nameof(WorkFailure.NoUser), WorkFailure.NoUser, ct);
            return true;
        }

        scope.ServiceProvider.GetRequiredService<Actor>().ActAs(profile, "job", work.Kind);
        await RunAsync(scopes, store, handler, work, ct);
        return true;
    }

    private async Task RunAsync(IServiceScopeFactory outside, IWorkStore store, IWorkHandler handler, ClaimedWork work, CancellationToken ct)
    {
        try
        {
            await handler.RunAsync(work.SubjectId, new Progress(outside, work), ct);
            await store.FinishAsync(work, WorkState.Done, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // stopped by a person, or taken over
        }
        catch (OperationCanceledException)
        {
            await store.ReleaseAsync(work, CancellationToken.None); // the process ends; the next one goes on, at the latest when the lease runs out
            throw;
        }
        catch (Exception failed)
        {
            var failure = WorkFailure.Of(failed);
            WorkFailed(log, failed, work.Kind, work.SubjectId, work.Attempt, failure.Reference ?? "-");
            await FailAsync(store, work, $"{failed.GetType().Name} {failure.Reference}", failure, ct);
        }
    }

    /// <summary>Tried again later, or given up: then its record hears why, from a scope that knows nothing of what failed.</summary>
    private async Task FailAsync(IWorkStore store, ClaimedWork work, string error, WorkFailure failure, CancellationToken ct)
    {
        if (!await store.FailAsync(work, error.TrimEnd(), failure.IsFinal, ct))
            return;

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("job");
        if (HandlerOf(work, scope) is { } handler)
            await handler.FailedAsync(work.SubjectId, failure, ct);
    }

    private static IWorkHandler? HandlerOf(ClaimedWork work, AsyncServiceScope scope) => scope.ServiceProvider.GetServices<IWorkHandler>().FirstOrDefault(h => h.Kind == work.Kind);

    private async Task RunJobsAsync(CancellationToken ct)
    {
        var nexts = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await RunDueJobsAsync(nexts, ct);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                Stumbled(log, failed);
            }
            await Task.Delay(Pause, clock, ct);
        }
    }

    private async Task RunDueJobsAsync(Dictionary<string, DateTime> nexts, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("job");
        var (store, now) = (scope.ServiceProvider.GetRequiredService<IWorkStore>(), clock.GetUtcNow().UtcDateTime);
        foreach (var job in scope.ServiceProvider.GetServices<IScheduledJob>())
        {
            var cron = CronExpression.Parse(job.Cron);
            if (!nexts.TryGetValue(job.Name, out var due))
                nexts[job.Name] = due = cron.GetNextOccurrence(await store.LastDueAsync(job.Name, ct) ?? now.AddMinutes(-1)) ?? DateTime.MaxValue;
            if (due > now)
            {
                if (now >= lookAgain.GetValueOrDefault(job.Name))
                    await TakeOverAsync(store, job, now, ct);
                continue;
            }

            nexts[job.Name] = cron.GetNextOccurrence(now) ?? DateTime.MaxValue; // what was missed while nothing ran is done once, not many times
            if (await store.BeginRunAsync(job.Name, due, isTaken: true, ct) is { } run)
                await RunJobAsync(store, job, run, ct);
        }
    }

    /// <summary>A run that another instance began and did not end, nor kept, is done here.</summary>
    private async Task TakeOverAsync(IWorkStore store, IScheduledJob job, DateTime now, CancellationToken ct)
    {
        lookAgain[job.Name] = now + LookForLeft;
        if (await store.TakeOverRunAsync(job.Name, ct) is { } left)
            await RunJobAsync(store, job, left, ct);
    }

    private async Task RunJobAsync(IWorkStore store, IScheduledJob job, long run, CancellationToken ct)
    {
        await using var kept = new KeptRun(scopes, run, clock);
        try
        {
            await store.EndRunAsync(run, await job.RunAsync(ct), error: null, ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            var reference = FailureCode.New();
            WorkFailed(log, failed, job.Name, run, 1, reference);
            await store.EndRunAsync(run, 0, $"{failed.GetType().Name} {reference}", ct);
        }
    }

    /// <summary>Tells the progress from a scope of its own: the handler's own save must not carry it, nor it the handler's changes.</summary>
    private sealed class Progress(IServiceScopeFactory scopes, ClaimedWork work) : IWorkProgress
    {
        public async Task ReportAsync(int done, int? total, CancellationToken ct)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<IWorkStore>().ProgressAsync(work, done, total, ct))
                throw new OperationCanceledException();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job host stumbled")]
    private static partial void Stumbled(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} about {Subject} failed at attempt {Attempt}, reference {Reference}")]
    private static partial void WorkFailed(ILogger log, Exception failure, string kind, long subject, int attempt, string reference);
}
