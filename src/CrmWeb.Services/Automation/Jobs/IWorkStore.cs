using CrmWeb.Domain.Automation;

namespace CrmWeb.Services.Automation;

/// <summary>The stored side of jobs and background work; each claim is won by one process only.</summary>
public interface IWorkStore
{
    /// <summary>Takes the next due work for a minute; null when there is none.</summary>
    Task<ClaimedWork?> ClaimAsync(CancellationToken ct);

    /// <summary>Writes the progress and keeps the claim.</summary>
    /// <returns>False when the work was stopped or is no longer ours.</returns>
    Task<bool> ProgressAsync(ClaimedWork work, int done, int? total, CancellationToken ct);

    /// <summary>A person's work that has not ended: how far it is, by the record it is about.</summary>
    Task<IReadOnlyDictionary<long, int>> RunningAsync(long userId, CancellationToken ct);

    Task FinishAsync(ClaimedWork work, WorkState state, CancellationToken ct);

    /// <summary>Gives the work back unfinished, to be gone on with at once: this process ends.</summary>
    Task ReleaseAsync(ClaimedWork work, CancellationToken ct);

    /// <summary>Waits longer after each failure; the last one ends it.</summary>
    /// <param name="isFinal">Another attempt would end the same way.</param>
    /// <returns>Whether it was given up.</returns>
    Task<bool> FailAsync(ClaimedWork work, string error, bool isFinal, CancellationToken ct);

    /// <summary>Lets failed work begin anew.</summary>
    /// <returns>False when it has not failed.</returns>
    Task<bool> RetryAsync(long id, CancellationToken ct);

    /// <summary>Stops work at its next step, or puts it away.</summary>
    /// <returns>False when it has ended already.</returns>
    Task<bool> CancelAsync(long id, CancellationToken ct);

    /// <summary>Begins a run of a scheduled job: it is in the hands of this process for a minute.</summary>
    /// <param name="dueAt">UTC.</param>
    /// <returns>Its id; null when another process has it.</returns>
    Task<long?> BeginRunAsync(string job, DateTime dueAt, CancellationToken ct);

    /// <summary>Keeps a run that waits for background work, in one save with that work: one without the other would wait for ever.</summary>
    /// <param name="dueAt">UTC.</param>
    /// <param name="with">Adds the work, and what else goes with it; it is given the id of the run.</param>
    /// <returns>False when there is such a run already.</returns>
    Task<bool> AskForRunAsync(string job, DateTime dueAt, Action<long> with, CancellationToken ct);

    /// <summary>Takes over a run whose process is gone; one that has lost <see cref="WorkItem.MostCrashes"/> of them is ended as crashed.</summary>
    /// <returns>Its id; null when there is none.</returns>
    Task<long?> TakeOverRunAsync(string job, CancellationToken ct);

    /// <summary>Keeps a run in the hands of this process for another minute.</summary>
    Task KeepRunAsync(long id, CancellationToken ct);

    /// <summary>Gives a run back unfinished, to be done again at once: this process ends.</summary>
    Task ReleaseRunAsync(long id, CancellationToken ct);

    /// <summary>Removes what is of no use any more: runs and work that ended before a moment, but the newest run of each job.</summary>
    /// <param name="before">UTC.</param>
    /// <returns>Rows removed.</returns>
    Task<int> TidyAsync(DateTime before, CancellationToken ct);

    Task EndRunAsync(long id, int rows, string? error, CancellationToken ct);

    /// <summary>UTC of the newest run's due time.</summary>
    Task<DateTime?> LastDueAsync(string job, CancellationToken ct);
}

/// <param name="Attempt">From 1; a claim is recognised by it.</param>
/// <param name="IsHopeless">Too many workers were gone in a row without having brought it further: it is not to be tried again.</param>
public sealed record ClaimedWork(long Id, string Kind, long SubjectId, long UserId, int Attempt, bool IsHopeless = false);
