using CrmWeb.Domain.Automation;

namespace CrmWeb.Services.Automation;

/// <summary>Does a piece of work at once and waits for it: for the command line. Should the process be killed, the background goes on with it.</summary>
internal sealed class WorkNow(IEnumerable<IWorkHandler> handlers, IWorkQueue queue, IWorkStore store, IUnitOfWork work)
{
    /// <param name="report">Called with the number of rows done.</param>
    public async Task DoAsync(string kind, long subjectId, Action<int> report, CancellationToken ct)
    {
        var (handler, claimed) = (handlers.First(h => h.Kind == kind), queue.Take(kind, subjectId));
        await work.SaveAsync(ct);
        try
        {
            await handler.RunAsync(subjectId, new Progress(store, claimed, report), ct);
            await store.FinishAsync(claimed, WorkState.Done, ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            await store.FinishAsync(claimed, WorkState.Failed, ct);
            work.Forget();
            await handler.FailedAsync(subjectId, WorkFailure.Of(failed) with { Reference = null }, ct); // no log: the command line shows the failure itself
            throw;
        }
    }

    private sealed class Progress(IWorkStore store, ClaimedWork claimed, Action<int> report) : IWorkProgress
    {
        public async Task ReportAsync(int done, int? total, CancellationToken ct)
        {
            if (!await store.ProgressAsync(claimed, done, total, ct))
                throw new WorkStoppedException();
            report(done);
        }
    }
}
