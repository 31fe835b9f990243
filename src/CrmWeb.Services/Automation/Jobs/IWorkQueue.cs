using CrmWeb.Domain.Automation;
using Cronos;

namespace CrmWeb.Services.Automation;

/// <summary>Work that takes longer than a page may: added with the save that asks for it, done in the background.</summary>
public interface IWorkQueue
{
    /// <summary>Keeps the work for the same save, in the name of the current user.</summary>
    /// <param name="kind">Which handler does it.</param>
    /// <param name="subjectId">The record the work is about.</param>
    /// <param name="total">Rows to come, where they are known already.</param>
    void Add(string kind, long subjectId, int? total = null);

    /// <summary>The same, already in the hands of this process for a minute.</summary>
    ClaimedWork Take(string kind, long subjectId);

    /// <summary>The newest work about a record; null when there is none.</summary>
    Task<WorkStatus?> OfAsync(long subjectId, CancellationToken ct);

    /// <summary>Stops the work about a record at its next step; what is done stays.</summary>
    Task CancelAsync(long subjectId, CancellationToken ct);
}

/// <param name="Total">Null while it is not known.</param>
public sealed record WorkStatus(WorkState State, int Done, int? Total, string? Error);

/// <summary>Does one kind of work. Must go on where it was when it is called again after a crash.</summary>
public interface IWorkHandler
{
    string Kind { get; }

    Task RunAsync(long subjectId, IWorkProgress progress, CancellationToken ct);

    /// <summary>Called when the work was given up, as the product itself: its record must not wait for ever, whatever its user may.</summary>
    Task FailedAsync(long subjectId, WorkFailure failure, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Called, as the product itself, before failed work begins anew because an administrator says so: its record no longer says that it has failed.</summary>
    Task RetriedAsync(long subjectId, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>How far the work is; telling it also keeps it ours.</summary>
public interface IWorkProgress
{
    /// <exception cref="WorkStoppedException">The work was stopped, or another worker has it.</exception>
    Task ReportAsync(int done, int? total, CancellationToken ct);
}

/// <summary>The work is no longer this process's: a person stopped it, or another process has taken it over.</summary>
public sealed class WorkStoppedException() : OperationCanceledException("The work was stopped, or another worker has it.");

/// <summary>A job that runs by the clock.</summary>
public interface IScheduledJob
{
    string Name { get; }

    /// <summary>When: five fields, in UTC.</summary>
    string Cron { get; }

    /// <returns>Rows it dealt with.</returns>
    Task<int> RunAsync(CancellationToken ct);
}

/// <summary>When a job is due.</summary>
public static class JobClock
{
    extension(IScheduledJob job)
    {
        /// <summary>The first due time after a moment. Both UTC.</summary>
        public DateTime NextAfter(DateTime moment) => CronExpression.Parse(job.Cron).GetNextOccurrence(moment) ?? DateTime.MaxValue;
    }
}
