namespace CrmWeb.Services.Automation;

/// <summary>
/// Removes at night what jobs, background work, uploads, selections, notifications and sent forms have left: a job that runs every minute would leave half a million rows a year.
/// Joins the pieces in which a day's saves have left the search index.
/// </summary>
internal sealed class TidyJob(IWorkStore store, IFileStore files, IFileUsage usage, ISelections selections, ISearchIndex index, INotificationStore notifications, IIdempotencyKeys keys, TimeProvider clock) : IScheduledJob
{
    private const int DaysKept = 14, DaysOfFiles = 1, DaysTold = 90;

    public string Name => "tidy";

    public string Cron => "45 2 * * *";

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await index.MergeAsync(ct);
        return await store.TidyAsync(now.AddDays(-DaysKept), ct) + await notifications.TidyAsync(now.AddDays(-DaysTold), ct) + await selections.TidyAsync(now - Selection.Kept, ct) + await keys.TidyAsync(now - IdempotencyKey.Kept, ct) + await files.TidyAsync(now.AddDays(-DaysOfFiles), usage.ReferredAsync, ct);
    }
}
