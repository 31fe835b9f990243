using CrmWeb.Services.Automation;

namespace CrmWeb.Web.Automation.Jobs;

/// <summary>Keeps a run of a job in the hands of this process for as long as it takes, from a scope of its own.</summary>
internal sealed class KeptRun : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);
    private readonly CancellationTokenSource ended = new();
    private readonly Task keeping;

    public KeptRun(IServiceScopeFactory scopes, long run, TimeProvider clock) => keeping = KeepAsync(scopes, run, clock, ended.Token);

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    private static async Task KeepAsync(IServiceScopeFactory scopes, long run, TimeProvider clock, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IWorkStore>().KeepRunAsync(run, ct);
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                // The database is busy now: twice more before the lease is over.
            }
        }
    }
}
