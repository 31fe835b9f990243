using System.Text.Json;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Common;

/// <summary>Does a bulk run, at once or in the background; goes on behind its last batch after a crash.</summary>
internal sealed class BulkWork(IRepository<BulkRun> runs, IUnitOfWork work, BulkEngine engine, UndoRun undo, Operation operation, Actor actor) : IWorkHandler
{
    public const string WorkKind = "bulk";

    public string Kind => WorkKind;

    public async Task RunAsync(long subjectId, IWorkProgress progress, CancellationToken ct)
    {
        var run = await runs.ReadAsync(subjectId, RecordAction.Edit, r => r, ct);
        operation.Join(subjectId); // it is taken back as a whole
        actor.Why = WorkKind; // also in a request: each record's history says that it was one of many
        Task ReportAsync(int done) => progress.ReportAsync(done, total: null, ct);
        await (run.Action == BulkAction.Undo ? undo.RunAsync(run, ReportAsync, ct) : engine.RunAsync(run, ReportAsync, ct));
        await WorkEnd.SaveAsync(runs, work, subjectId, r => r.Finish(BulkState.Done), ct);
    }

    public Task RetriedAsync(long subjectId, CancellationToken ct) => WorkEnd.SaveAsync(runs, work, subjectId, r => r.Finish(BulkState.Running), ct);

    public Task FailedAsync(long subjectId, WorkFailure failure, CancellationToken ct) => WorkEnd.SaveAsync(runs, work, subjectId, r => r.Fail(JsonSerializer.Serialize(failure)), ct);
}
