namespace CrmWeb.Services.Automation;

/// <summary>Writes into the record of a run how its work ended.</summary>
internal static class WorkEnd
{
    public static async Task SaveAsync<T>(IRepository<T> runs, IUnitOfWork work, long id, Action<T> end, CancellationToken ct) where T : Record
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        end(run);
        await work.SaveAsync(ct);
    }
}
