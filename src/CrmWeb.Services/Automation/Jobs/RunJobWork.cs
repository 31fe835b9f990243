using CrmWeb.Services.Access;

namespace CrmWeb.Services.Automation;

/// <summary>Runs a scheduled job that somebody asked for, as the product itself.</summary>
internal sealed class RunJobWork(IEnumerable<IScheduledJob> jobs, IWorkStore store, IJobHistory history, Actor actor) : IWorkHandler
{
    public const string WorkKind = "job.run";

    public string Kind => WorkKind;

    public async Task RunAsync(long subjectId, IWorkProgress progress, CancellationToken ct)
    {
        var names = await history.JobsOfAsync([subjectId], ct);
        if (jobs.FirstOrDefault(j => j.Name == names.GetValueOrDefault(subjectId)) is not { } job)
            return;

        actor.ActAsSystem("job");
        try
        {
            await store.EndRunAsync(subjectId, await job.RunAsync(ct), error: null, ct);
        }
        catch (Exception failed) when (!ct.IsCancellationRequested)
        {
            await store.EndRunAsync(subjectId, 0, failed.GetType().Name, ct);
            throw;
        }
    }

    public Task FailedAsync(long subjectId, WorkFailure failure, CancellationToken ct) => store.EndRunAsync(subjectId, 0, $"{failure.Text} {failure.Reference}".TrimEnd(), ct);
}
