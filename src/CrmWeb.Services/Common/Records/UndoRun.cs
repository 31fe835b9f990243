using System.Text.Json;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Common;

/// <summary>Takes back an operation on many records, as a run of its own: each batch is one save with its outcomes and the place it came to.</summary>
internal sealed class UndoRun(IServiceProvider services, RecordCatalogue catalogue, IHistory history, IRepository<BulkRun> runs, Actor actor)
{
    private const int SavesAtOnce = 500;

    /// <summary>Runs to the end; goes on behind its last batch after a crash.</summary>
    /// <param name="report">Called after each batch with the number of records done.</param>
    public async Task RunAsync(BulkRun run, Func<int, Task> report, CancellationToken ct)
    {
        var (operation, type) = (run.Operation!.Value, catalogue[run.RecordType]);
        actor.Why = WhyText.Undo(operation, (await history.EndOfAsync(operation, actor.Id ?? 0, ct))?.Why);
        while (true)
        {
            var progress = await ProgressAsync(run.Id, RecordAction.View, ct);
            var saves = await history.OfOperationAsync(operation, type.Name, progress.LastId, SavesAtOnce, ct);
            if (saves.Count == 0)
                return;
            await type.Accept(new Undoing(services, actor, operation, saves, part => TellAsync(run.Id, part, ct), ct));
            await report((await ProgressAsync(run.Id, RecordAction.View, ct)).Done);
        }
    }

    /// <summary>Outcomes and place, for the same save as the records.</summary>
    private async Task TellAsync(long id, UndoPart part, CancellationToken ct)
    {
        var progress = await ProgressAsync(id, RecordAction.Edit, ct);
        (progress.Changed, progress.Unchanged, progress.Left) = (progress.Changed + part.Done, progress.Unchanged + part.Unchanged, progress.Left + part.Left.Count);
        progress.LastId = part.LastId;
        foreach (var left in part.Left)
            runs.AddPart(new BulkRow(id, left.Id, JsonSerializer.Serialize<LeftReason[]>([new(left.Why.Text, Field: null, [.. left.Why.Values.Select(v => v as string ?? FieldText.Write(v) ?? "")])])));
    }

    private async Task<BulkProgress> ProgressAsync(long id, RecordAction action, CancellationToken ct) =>
        await runs.Parts<BulkProgress>(id, action).FirstOrDefaultAsync(ct) ?? throw new RecordNotFoundException(typeof(BulkRun), id);
}
