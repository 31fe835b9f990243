using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;

namespace CrmWeb.Services.Automation;

/// <summary>What administrators see of jobs and background work.</summary>
public interface IJobService
{
    Task<JobsOverview> ShowAsync(CancellationToken ct);

    /// <summary>Has a scheduled job run as soon as a worker is free.</summary>
    /// <exception cref="RecordNotFoundException">There is no such job.</exception>
    Task RunAsync(string name, CancellationToken ct);
}

/// <param name="Work">What waits, runs or has failed.</param>
public sealed record JobsOverview(IReadOnlyList<JobState> Jobs, IReadOnlyList<WorkItem> Work);

/// <param name="Last">The newest run; null before the first one.</param>
public sealed record JobState(string Name, JobRun? Last);

/// <summary>How much there is to do.</summary>
/// <param name="Overdue">Waits for longer than it should, or was left by a process that is gone.</param>
/// <param name="Failed">Was given up, and waits for a person.</param>
public sealed record WorkLoad(int Waiting, int Overdue, int Failed);

/// <summary>What was run, and what is still to do.</summary>
public interface IJobHistory
{
    Task<JobRun?> LastAsync(string job, CancellationToken ct);

    /// <summary>Background work that is not done, the newest first.</summary>
    Task<IReadOnlyList<WorkItem>> UnfinishedAsync(int limit, CancellationToken ct);

    /// <param name="overdueSince">UTC; what was due before and is in nobody's hands is overdue.</param>
    Task<WorkLoad> LoadAsync(DateTime overdueSince, CancellationToken ct);

    /// <summary>Name of the job of a run.</summary>
    Task<string?> JobOfAsync(long run, CancellationToken ct);
}

internal sealed class JobService(IEnumerable<IScheduledJob> jobs, IJobHistory history, JobStart start, ICurrentUser user) : IJobService
{
    private const int MostShown = 100;

    public async Task<JobsOverview> ShowAsync(CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ManageJobs);
        var states = new List<JobState>();
        foreach (var job in jobs.OrderBy(j => j.Name, StringComparer.Ordinal))
            states.Add(new(job.Name, await history.LastAsync(job.Name, ct)));
        return new(states, await history.UnfinishedAsync(MostShown, ct));
    }

    public Task RunAsync(string name, CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ManageJobs);
        if (!jobs.Any(j => j.Name == name))
            throw new RecordNotFoundException(typeof(JobRun), 0);
        return start.RunAsync(name, ct);
    }
}

/// <summary>Asks the background for a run of a job.</summary>
internal sealed class JobStart(IWorkStore store, IWorkQueue queue, IUnitOfWork work, TimeProvider clock)
{
    /// <summary>Pressed twice it runs once: runs are unique by their second.</summary>
    public async Task RunAsync(string name, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await store.BeginRunAsync(name, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), isTaken: false, ct) is not { } run)
            return;
        queue.Add(RunJobWork.WorkKind, run);
        await work.SaveAsync(ct);
    }
}
