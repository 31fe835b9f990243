using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Common;

/// <summary>Begins a run over many records: a few are done before it returns, many in the background.</summary>
internal sealed class BulkStart(IRepository<BulkRun> runs, IWorkQueue queue, WorkNow now, IUnitOfWork work, ICurrentUser user)
{
    /// <param name="total">Records to come.</param>
    /// <param name="with">What else belongs to the same save, once the run has its id.</param>
    /// <returns>Whether it is done.</returns>
    public async Task<bool> BeginAsync(BulkRun run, int total, Action? with, CancellationToken ct)
    {
        Keep(run);
        with?.Invoke();
        if (total <= BulkResult.MostAtOnce)
        {
            await now.DoAsync(BulkWork.WorkKind, run.Id, _ => { }, ct);
            return true;
        }
        queue.Add(BulkWork.WorkKind, run.Id, total);
        await work.SaveAsync(ct);
        return false;
    }

    /// <summary>Keeps a run for the save of what it belongs to: it begins in the background when that is committed.</summary>
    public void Add(BulkRun run, int total)
    {
        Keep(run);
        queue.Add(BulkWork.WorkKind, run.Id, total);
    }

    private void Keep(BulkRun run)
    {
        run.Assign(user.Id, user.Access.HomeTeamId);
        runs.Add(run);
        runs.AddPart(new BulkProgress(run.Id));
    }
}
