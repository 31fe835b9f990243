using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;

namespace CrmWeb.Data.Automation;

internal sealed class JobHistory(CrmDb db) : IJobHistory
{
    public Task<JobRun?> LastAsync(string job, CancellationToken ct) =>
        db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job).OrderByDescending(r => r.DueAt).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<WorkItem>> UnfinishedAsync(int limit, CancellationToken ct) =>
        await db.Set<WorkItem>().AsNoTracking().Where(i => i.State == WorkState.Waiting || i.State == WorkState.Running || i.State == WorkState.Failed)
            .OrderByDescending(i => i.Id).Take(limit).ToListAsync(ct);

    public async Task<WorkLoad> LoadAsync(DateTime overdueSince, CancellationToken ct)
    {
        var items = db.Set<WorkItem>();
        return new(
            await items.CountAsync(i => i.State == WorkState.Waiting, ct),
            await items.CountAsync(i => (i.State == WorkState.Waiting || i.State == WorkState.Running) && i.DueAt < overdueSince && (i.LeasedUntil == null || i.LeasedUntil < overdueSince), ct),
            await items.CountAsync(i => i.State == WorkState.Failed, ct));
    }

    public Task<string?> JobOfAsync(long run, CancellationToken ct) => db.Set<JobRun>().Where(r => r.Id == run).Select(r => r.Job).FirstOrDefaultAsync(ct);
}
