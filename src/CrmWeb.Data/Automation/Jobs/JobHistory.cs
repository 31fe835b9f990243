using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;

namespace CrmWeb.Data.Automation;

internal sealed class JobHistory(CrmDb db) : IJobHistory
{
    public Task<JobRun?> LastAsync(string job, CancellationToken ct) =>
        db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job).OrderByDescending(r => r.DueAt).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<JobRun>> RunsAsync(string job, DateTime? before, int limit, CancellationToken ct)
    {
        var runs = db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job);
        if (before is { } moment)
            runs = runs.Where(r => r.DueAt < moment);
        return await runs.OrderByDescending(r => r.DueAt).Take(limit).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<WorkItem>> UnfinishedAsync(int limit, CancellationToken ct) =>
        await db.Set<WorkItem>().AsNoTracking().Where(i => i.State == WorkState.Waiting || i.State == WorkState.Running || i.State == WorkState.Failed)
            .OrderByDescending(i => i.Id).Take(limit).ToListAsync(ct);

    public Task<WorkItem?> FindAsync(long id, CancellationToken ct) => db.Set<WorkItem>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, ct);

    public async Task<bool> IsNewestAsync(WorkItem item, CancellationToken ct) => !await db.Set<WorkItem>().AnyAsync(i => i.SubjectId == item.SubjectId && i.Id > item.Id, ct);

    public async Task<WorkLoad> LoadAsync(DateTime overdueSince, CancellationToken ct)
    {
        var items = db.Set<WorkItem>();
        return new(
            await items.CountAsync(i => i.State == WorkState.Waiting, ct),
            await items.CountAsync(i => (i.State == WorkState.Waiting || i.State == WorkState.Running) && i.DueAt < overdueSince && (i.LeasedUntil == null || i.LeasedUntil < overdueSince), ct),
            await items.CountAsync(i => i.State == WorkState.Failed, ct));
    }

    public async Task<IReadOnlyDictionary<long, string>> JobsOfAsync(IReadOnlyList<long> runs, CancellationToken ct) =>
        await db.Set<JobRun>().Where(r => runs.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Job, ct);
}
