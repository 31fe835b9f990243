using CrmWeb.Domain.Automation;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;

namespace CrmWeb.Web.Automation.Jobs;

/// <summary>Does one piece of background work after another, each with the rights of the one who asked for it.</summary>
internal sealed class WorkLoop(IServiceScopeFactory scopes, ILogger log)
{
    /// <returns>Whether there was any.</returns>
    public async Task<bool> TurnAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IWorkStore>();
        if (await store.ClaimAsync(ct) is not { } work)
            return false;

        if (work.IsHopeless)
        {
            await FailAsync(store, work, nameof(WorkFailure.Crashed), WorkFailure.Crashed, ct);
            return true;
        }

        var handler = HandlerOf(work, scope);
        var profile = await scope.ServiceProvider.GetRequiredService<IUserProfiles>().FindAsync(work.UserId, ct);
        if (handler is null || profile is null)
        {
            await FailAsync(store, work, nameof(WorkFailure.NoUser), WorkFailure.NoUser, ct);
            return true;
        }

        scope.ServiceProvider.GetRequiredService<Actor>().ActAs(profile, "job", work.Kind);
        await RunAsync(store, handler, work, ct);
        return true;
    }

    private async Task RunAsync(IWorkStore store, IWorkHandler handler, ClaimedWork work, CancellationToken ct)
    {
        try
        {
            await handler.RunAsync(work.SubjectId, new Progress(scopes, work), ct);
            await store.FinishAsync(work, WorkState.Done, CancellationToken.None); // it is done, whoever stops the process now
        }
        catch (WorkStoppedException)
        {
            // by a person, or taken over
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await store.ReleaseAsync(work, CancellationToken.None); // the process ends; the next one goes on, at the latest when the lease runs out
            throw;
        }
        catch (Exception failed)
        {
            var failure = WorkFailure.Of(failed);
            JobHost.WorkFailed(log, failed, work.Kind, work.SubjectId, work.Attempt, failure.Reference ?? "-");
            await FailAsync(store, work, $"{failed.GetType().Name} {failure.Reference}", failure, ct);
        }
    }

    /// <summary>Tried again later, or given up: then its record hears why.</summary>
    private async Task FailAsync(IWorkStore store, ClaimedWork work, string error, WorkFailure failure, CancellationToken ct)
    {
        if (await store.FailAsync(work, error.TrimEnd(), failure.IsFinal, ct))
            await new WorkRecords(scopes).FailedAsync(work.Kind, work.SubjectId, failure, ct);
    }

    private static IWorkHandler? HandlerOf(ClaimedWork work, AsyncServiceScope scope) => scope.ServiceProvider.GetServices<IWorkHandler>().FirstOrDefault(h => h.Kind == work.Kind);

    /// <summary>Tells the progress from a scope of its own: the handler's own save must not carry it, nor it the handler's changes.</summary>
    private sealed class Progress(IServiceScopeFactory scopes, ClaimedWork work) : IWorkProgress
    {
        public async Task ReportAsync(int done, int? total, CancellationToken ct)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<IWorkStore>().ProgressAsync(work, done, total, ct))
                throw new WorkStoppedException();
        }
    }
}
