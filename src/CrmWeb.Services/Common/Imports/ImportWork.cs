using System.Text.Json;
using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Common;

/// <summary>The dry run in the background: from the first row, writing nothing but its findings.</summary>
internal sealed class ImportCheckWork(IRepository<ImportRun> runs, IUnitOfWork work, ImportEngine engine, IImportReset reset) : IWorkHandler
{
    public string Kind => ImportService.CheckWork;

    public async Task RunAsync(long subjectId, IWorkProgress progress, CancellationToken ct)
    {
        var run = await runs.ReadAsync(subjectId, RecordAction.Edit, r => r, ct);
        await reset.BeginAsync(subjectId, isDryRun: true, ct);
        var unknown = await engine.RunAsync(run, dryRun: true, done => progress.ReportAsync(done, total: null, ct), ct);
        await WorkEnd.SaveAsync(runs, work, subjectId, r => r.EndCheck(unknown), ct);
    }

    public Task RetriedAsync(long subjectId, CancellationToken ct) => WorkEnd.SaveAsync(runs, work, subjectId, r => r.Finish(ImportState.Checking), ct);

    public Task FailedAsync(long subjectId, WorkFailure failure, CancellationToken ct) => WorkEnd.SaveAsync(runs, work, subjectId, r => r.Fail(JsonSerializer.Serialize(failure)), ct);
}

/// <summary>The run that writes; goes on behind its last batch after a crash.</summary>
internal sealed class ImportRunWork(IRepository<ImportRun> runs, IUnitOfWork work, ImportEngine engine, IImportReset reset, Operation operation) : IWorkHandler
{
    public string Kind => ImportService.RunWork;

    public async Task RunAsync(long subjectId, IWorkProgress progress, CancellationToken ct)
    {
        var run = await runs.ReadAsync(subjectId, RecordAction.Edit, r => r, ct);
        await reset.BeginAsync(subjectId, isDryRun: false, ct);
        operation.Join(subjectId);
        await engine.RunAsync(run, dryRun: false, done => progress.ReportAsync(done, total: null, ct), ct);
        await WorkEnd.SaveAsync(runs, work, subjectId, r => r.Finish(ImportState.Done), ct);
    }

    public Task RetriedAsync(long subjectId, CancellationToken ct) => WorkEnd.SaveAsync(runs, work, subjectId, r => r.Finish(ImportState.Running), ct);

    public Task FailedAsync(long subjectId, WorkFailure failure, CancellationToken ct) => WorkEnd.SaveAsync(runs, work, subjectId, r => r.Fail(JsonSerializer.Serialize(failure)), ct);
}

/// <summary>Clears what no longer holds.</summary>
public interface IImportReset
{
    /// <summary>Starts the outcomes of a run anew, unless it is a run in earnest that goes on.</summary>
    Task BeginAsync(long runId, bool isDryRun, CancellationToken ct);

    /// <summary>Drops rows that were put right: the file is read in another way now.</summary>
    Task DropFixesAsync(long runId, CancellationToken ct);
}
