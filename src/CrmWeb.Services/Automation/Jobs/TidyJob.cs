namespace CrmWeb.Services.Automation;

/// <summary>Removes at night what jobs and background work have left: a job that runs every minute would leave half a million rows a year.</summary>
internal sealed class TidyJob(IWorkStore store, TimeProvider clock) : IScheduledJob
{
    private const int DaysKept = 14;

    public string Name => "tidy";

    public string Cron => "45 2 * * *";

    public Task<int> RunAsync(CancellationToken ct) => store.TidyAsync(clock.GetUtcNow().UtcDateTime.AddDays(-DaysKept), ct);
}
