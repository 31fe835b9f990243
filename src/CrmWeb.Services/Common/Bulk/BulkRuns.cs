using System.Runtime.CompilerServices;
using System.Text.Json;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Automation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

/// <summary>What a person did with many records at once: how far it is, and what came of it.</summary>
public interface IBulkRuns
{
    Task<BulkView> ShowAsync(long id, CancellationToken ct);

    /// <summary>Stops; what is done stays done.</summary>
    Task StopAsync(long id, CancellationToken ct);

    /// <summary>Records that were left, in the order of their ids.</summary>
    Task<IReadOnlyList<LeftRecord>> LeftAsync(long id, long after, int most, CancellationToken ct);

    /// <summary>All of them as a file.</summary>
    Task<ListExport> LeftFileAsync(long id, CancellationToken ct);
}

/// <param name="Person">Name of the one who got the records.</param>
/// <param name="Work">How far the background is; null when it is not at work.</param>
/// <param name="Failure">Why it failed; null unless it did.</param>
/// <param name="MayUndo">It is not too long ago, and the records are still the user's to change.</param>
public sealed record BulkView(BulkRun Run, RecordType Type, BulkProgress Progress, string? Person, WorkStatus? Work, WorkFailure? Failure, bool MayUndo);

/// <param name="Title">Null where the user may not see the record any more.</param>
/// <param name="Reasons">Their column is the label of a field.</param>
public sealed record LeftRecord(long Id, string? Title, IReadOnlyList<LeftReason> Reasons);

/// <param name="Field">Label of the field it is about; null when it is about the whole record.</param>
public sealed record LeftReason(string Text, string? Field, string[] Values)
{
    /// <summary>As people read it.</summary>
    public string Sentence(IStringLocalizer texts) => Field is null ? texts[Text, [.. Values]] : texts["Import.Row.InColumn", texts[Field].Value, texts[Text, [.. Values]].Value];
}

internal sealed class BulkRuns(IRepository<BulkRun> runs, IWorkQueue queue, IUnitOfWork work, ISearchService search, RecordCatalogue catalogue, RecordChecks checks, ICurrentUser user, TimeProvider clock, IStringLocalizer texts) : IBulkRuns
{
    private const int RowsAtOnce = 200;

    public async Task<BulkView> ShowAsync(long id, CancellationToken ct)
    {
        var run = await runs.ReadAsync(id, RecordAction.View, r => r, ct);
        var (type, progress) = (catalogue[run.RecordType], await ProgressAsync(id, ct));
        var personId = run.Values.FirstOrDefault(v => v.Field == type.Person?.Key)?.Text is { } text ? FieldText.Read(type.Person!, text) as long? : null;
        var person = personId is { } one ? (await search.TitlesAsync("User", [one], ct)).GetValueOrDefault(one) : null;
        return new(run, type, progress, person, run.State == BulkState.Running ? await queue.OfAsync(id, ct) : null,
            run.Failure is { } failure ? JsonSerializer.Deserialize<WorkFailure>(failure) : null, await MayUndoAsync(run, type, progress, personId, ct));
    }

    public async Task StopAsync(long id, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        Rule.Require(run.State == BulkState.Running, "Bulk.IsNotRunning");
        await queue.CancelAsync(id, ct);
        run.Finish(BulkState.Stopped);
        await work.SaveAsync(ct);
    }

    public async Task<IReadOnlyList<LeftRecord>> LeftAsync(long id, long after, int most, CancellationToken ct)
    {
        var type = await runs.ReadAsync(id, RecordAction.View, r => r.RecordType, ct);
        var left = await runs.Parts<BulkRow>(id).Where(r => r.RecordId > after).OrderBy(r => r.RecordId).Take(most).ToListAsync(ct);
        var titles = await search.TitlesAsync(type, [.. left.Select(r => r.RecordId)], ct);
        return [.. left.Select(r => new LeftRecord(r.RecordId, titles.GetValueOrDefault(r.RecordId), JsonSerializer.Deserialize<List<LeftReason>>(r.Reason)!))];
    }

    public async Task<ListExport> LeftFileAsync(long id, CancellationToken ct)
    {
        var run = await ShowAsync(id, ct);
        string[] heads = [texts["Bulk.Head.Id"], texts["Bulk.Head.Title"], texts["Bulk.Head.Reason"]];
        return new($"{run.Type.Path}-left-{FieldText.Write(id)}.csv", CsvTable.ContentType, run.Progress.Left, (output, writing) => CsvTable.WriteAsync(heads, RowsAsync(id, writing), output, writing));
    }

    private async IAsyncEnumerable<IReadOnlyList<object?[]>> RowsAsync(long id, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var rows = await LeftAsync(id, after: 0, RowsAtOnce, ct); rows.Count > 0; rows = await LeftAsync(id, rows[^1].Id, RowsAtOnce, ct))
            yield return [.. rows.Select(r => new object?[] { r.Id, r.Title, string.Join("; ", r.Reasons.Select(one => one.Sentence(texts))) })];
    }

    /// <summary>Who gave records away beyond his own reach cannot get them back.</summary>
    private async Task<bool> MayUndoAsync(BulkRun run, RecordType type, BulkProgress progress, long? personId, CancellationToken ct)
    {
        if (run.State == BulkState.Running || progress.Changed == 0 || clock.GetUtcNow().UtcDateTime - run.ModifiedAt > UndoService.Until)
            return false;
        if (BulkRights.ActionOf(type, run.Action) != RecordAction.Assign || user.Access.ScopeOf(type.Name, RecordAction.Assign) == Scope.All)
            return true;
        var owner = await checks.TeamOfAsync(personId, ct);
        return user.Access.Covers(type.Name, RecordAction.Assign, personId, owner);
    }

    private async Task<BulkProgress> ProgressAsync(long id, CancellationToken ct) => await runs.Parts<BulkProgress>(id).FirstOrDefaultAsync(ct) ?? new(id);
}
