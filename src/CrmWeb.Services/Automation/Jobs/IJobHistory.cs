using CrmWeb.Domain.Automation;

namespace CrmWeb.Services.Automation;

/// <summary>What was run, and what is still to do.</summary>
public interface IJobHistory
{
    Task<JobRun?> LastAsync(string job, CancellationToken ct);

    /// <summary>Runs of a job, the newest first.</summary>
    /// <param name="before">UTC; null for the very newest.</param>
    Task<IReadOnlyList<JobRun>> RunsAsync(string job, DateTime? before, int limit, CancellationToken ct);

    /// <summary>Background work that is not done, the newest first.</summary>
    Task<IReadOnlyList<WorkItem>> UnfinishedAsync(int limit, CancellationToken ct);

    Task<WorkItem?> FindAsync(long id, CancellationToken ct);

    /// <summary>Whether no later work is about the same record.</summary>
    Task<bool> IsNewestAsync(WorkItem item, CancellationToken ct);

    /// <param name="overdueSince">UTC; what was due before and is in nobody's hands is overdue.</param>
    Task<WorkLoad> LoadAsync(DateTime overdueSince, CancellationToken ct);

    /// <summary>Names of the jobs of runs.</summary>
    Task<IReadOnlyDictionary<long, string>> JobsOfAsync(IReadOnlyList<long> runs, CancellationToken ct);
}

/// <summary>How much there is to do.</summary>
/// <param name="Overdue">Waits for longer than it should, or was left by a process that is gone.</param>
/// <param name="Failed">Was given up, and waits for a person.</param>
public sealed record WorkLoad(int Waiting, int Overdue, int Failed);
