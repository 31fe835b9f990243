using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Automation;

/// <summary>What administrators do with background work.</summary>
public interface IWorkService
{
    /// <summary>What waits, runs or has failed, the newest first.</summary>
    Task<IReadOnlyList<WorkRow>> UnfinishedAsync(CancellationToken ct);

    /// <summary>Lets failed work begin anew, where it was.</summary>
    /// <exception cref="RuleException">It has not failed, or there is newer work about the same record.</exception>
    Task RetryAsync(long id, CancellationToken ct);

    /// <summary>Stops work that waits or runs, or puts failed work away. What is done stays.</summary>
    /// <exception cref="RuleException">It has ended already.</exception>
    Task CancelAsync(long id, CancellationToken ct);
}

/// <param name="Person">In whose name; null where he may not be named to the reader.</param>
/// <param name="Job">The scheduled job that somebody asked for, where it is one.</param>
public sealed record WorkRow(WorkItem Item, string? Person, string? Job);

internal sealed class WorkService(IJobHistory history, IWorkStore store, WorkRecords records, ISearchService search, ICurrentUser user, WorkAudit audit) : IWorkService
{
    private const int MostShown = 100;

    public async Task<IReadOnlyList<WorkRow>> UnfinishedAsync(CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ManageJobs);
        var items = await history.UnfinishedAsync(MostShown, ct);
        var people = await search.TitlesAsync(nameof(User), [.. items.Select(i => i.UserId).Distinct()], ct);
        var jobs = await history.JobsOfAsync([.. items.Where(i => i.Kind == RunJobWork.WorkKind).Select(i => i.SubjectId)], ct);
        return [.. items.Select(i => new WorkRow(i, people.GetValueOrDefault(i.UserId), jobs.GetValueOrDefault(i.SubjectId)))];
    }

    public async Task RetryAsync(long id, CancellationToken ct)
    {
        var item = await FindAsync(id, ct);
        Rule.Require(item.State == WorkState.Failed, "Work.HasNotFailed");
        Rule.Require(await history.IsNewestAsync(item, ct), "Work.HasNewer");

        await records.RetriedAsync(item.Kind, item.SubjectId, ct);
        Rule.Require(await store.RetryAsync(id, ct), "Work.HasNotFailed");
        await audit.NoteAsync(AuditKind.WorkRetried, item, ct);
    }

    public async Task CancelAsync(long id, CancellationToken ct)
    {
        var item = await FindAsync(id, ct);
        Rule.Require(await store.CancelAsync(id, ct), "Work.HasEnded");
        await audit.NoteAsync(AuditKind.WorkStopped, item, ct);

        if (item.State != WorkState.Failed) // its record knows that already
            await records.FailedAsync(item.Kind, item.SubjectId, WorkFailure.Stopped, ct);
    }

    private async Task<WorkItem> FindAsync(long id, CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ManageJobs);
        return await history.FindAsync(id, ct) ?? throw new RecordNotFoundException(typeof(WorkItem), id);
    }
}

/// <summary>Notes who let work begin anew, or stopped it.</summary>
internal sealed class WorkAudit(IAuditTrail audit, IUnitOfWork work)
{
    public Task NoteAsync(AuditKind kind, WorkItem item, CancellationToken ct)
    {
        audit.Add(new(kind, item.Id) { RecordType = nameof(WorkItem), Why = item.Kind });
        return work.SaveAsync(ct);
    }
}
