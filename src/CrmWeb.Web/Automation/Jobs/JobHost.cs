namespace CrmWeb.Web.Automation.Jobs;

/// <summary>Does background work and scheduled jobs. What must last are rows; of several instances one wins each row.</summary>
/// <param name="lifetime">Where there is one, all that is in hand is given back as soon as the process is asked to end, while requests still finish.</param>
internal sealed partial class JobHost(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobHost> log, IHostApplicationLifetime? lifetime = null) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private Task[] loops = [];

    /// <summary>Whether work and jobs are looked for.</summary>
    public bool IsAlive => loops is [_, ..] && !Array.Exists(loops, l => l.IsCompleted);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime?.ApplicationStopping ?? CancellationToken.None);
        var (work, jobs) = (new WorkLoop(scopes, log), new JobLoop(scopes, clock, log));
        loops = [Task.Run(() => RepeatAsync(work.TurnAsync, stop.Token), CancellationToken.None), Task.Run(() => RepeatAsync(jobs.TurnAsync, stop.Token), CancellationToken.None)];
        await Task.WhenAll(loops);
    }

    /// <summary>Until the process ends; what fails is no reason to stop.</summary>
    /// <param name="turn">Says whether there may be more to do at once.</param>
    private async Task RepeatAsync(Func<CancellationToken, Task<bool>> turn, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                pause = await turn(ct) ? TimeSpan.Zero : Pause;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failed)
            {
                Stumbled(log, failed);
                pause = Pause * 5;
            }
            await Task.Delay(pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job host stumbled")]
    private static partial void Stumbled(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} about {Subject} failed at attempt {Attempt}, reference {Reference}")]
    internal static partial void WorkFailed(ILogger log, Exception failure, string kind, long subject, int attempt, string reference);
}
