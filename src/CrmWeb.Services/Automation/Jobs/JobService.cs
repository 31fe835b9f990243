using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Automation;

/// <summary>What administrators see of scheduled jobs, and do with them.</summary>
public interface IJobService
{
    Task<IReadOnlyList<JobState>> ShowAsync(CancellationToken ct);

    /// <summary>One job and its runs, the newest first.</summary>
    /// <param name="before">UTC; due time of the last run of the page before. Null for the newest.</param>
    /// <exception cref="RecordNotFoundException">There is no such job.</exception>
    Task<JobRuns> RunsAsync(string name, DateTime? before, CancellationToken ct);

    /// <summary>Has a scheduled job run as soon as a worker is free.</summary>
    /// <exception cref="RecordNotFoundException">There is no such job.</exception>
    Task RunAsync(string name, CancellationToken ct);
}

/// <param name="NextAt">UTC.</param>
/// <param name="Last">The newest run; null before the first one.</param>
public sealed record JobState(string Name, string Cron, DateTime NextAt, JobRun? Last);

/// <param name="Before">Where the next page begins, UTC; null on the last one.</param>
public sealed record JobRuns(JobState Job, IReadOnlyList<JobRun> Runs, DateTime? Before);

internal sealed class JobService(IEnumerable<IScheduledJob> jobs, IJobHistory history, JobStart start, ICurrentUser user, TimeProvider clock) : IJobService
{
    private const int PageSize = 50;

    public async Task<IReadOnlyList<JobState>> ShowAsync(CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ManageJobs);
        var states = new List<JobState>();
        foreach (var job in jobs.OrderBy(j => j.Name, StringComparer.Ordinal))
            states.Add(await StateAsync(job, ct));
        return states;
    }

    public async Task<JobRuns> RunsAsync(string name, DateTime? before, CancellationToken ct)
    {
        var job = Find(name);
        var runs = await history.RunsAsync(name, before, PageSize + 1, ct);
        return new(await StateAsync(job, ct), [.. runs.Take(PageSize)], runs.Count > PageSize ? runs[PageSize - 1].DueAt : null);
    }

    public Task RunAsync(string name, CancellationToken ct) => start.RunAsync(Find(name).Name, ct);

    private IScheduledJob Find(string name)
    {
        user.Access.Require(SpecialRight.ManageJobs);
        return jobs.FirstOrDefault(j => j.Name == name) ?? throw new RecordNotFoundException(typeof(JobRun), 0);
    }

    private async Task<JobState> StateAsync(IScheduledJob job, CancellationToken ct) =>
        new(job.Name, job.Cron, job.NextAfter(clock.GetUtcNow().UtcDateTime), await history.LastAsync(job.Name, ct));
}

/// <summary>Asks the background for a run of a job.</summary>
internal sealed class JobStart(IWorkStore store, IWorkQueue queue, IAuditTrail audit, TimeProvider clock)
{
    /// <summary>Pressed twice it runs once: runs are unique by their second.</summary>
    public Task RunAsync(string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return store.AskForRunAsync(name, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), with: run =>
        {
            queue.Add(RunJobWork.WorkKind, run);
            audit.Add(new(AuditKind.JobAskedFor, run) { RecordType = nameof(JobRun), Why = name });
        }, ct);
    }
}
