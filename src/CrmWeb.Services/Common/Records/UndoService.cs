using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Common;

/// <summary>Takes back what the user did: an edit, a new owner, a deletion, an import, of one record or of thousands.</summary>
public interface IUndoService
{
    /// <summary>
    /// Puts back each record of the operation whose fields still hold what it set; the others are left and named. It is a save like any other:
    /// taking it back in turn does again what was undone. Asked twice, it goes on where it stopped. An import, and what are more than
    /// <see cref="BulkResult.MostAtOnce"/> records, is taken back by a run of its own, in the background where it is large.
    /// </summary>
    /// <exception cref="RecordNotFoundException">The user did no such thing.</exception>
    /// <exception cref="RuleException">It was too long ago.</exception>
    Task<UndoResult> UndoAsync(long operation, CancellationToken ct);

    /// <summary>What taking back an import would do.</summary>
    /// <exception cref="RecordNotFoundException">The user brought no such file in.</exception>
    /// <exception cref="RuleException">It was too long ago.</exception>
    Task<UndoPreview> PreviewAsync(long importId, CancellationToken ct);

    /// <summary>Until when an import can be taken back.</summary>
    /// <returns>UTC; null when there is nothing to take back, or not any more.</returns>
    Task<DateTime?> UntilAsync(long importId, CancellationToken ct);
}

/// <summary>What came of it.</summary>
/// <param name="Done">Records put back.</param>
/// <param name="Left">Records left as they are.</param>
/// <param name="Named">The first of those that were left.</param>
/// <param name="Only">The record, when it was about one alone.</param>
/// <param name="Operation">What the undo is known by, to be taken back in turn; null when nothing was put back.</param>
/// <param name="IsRedo">It took back an undo.</param>
public sealed record UndoResult(int Done, int Left, IReadOnlyList<UndoLeft> Named, UndoneRecord? Only, long? Operation, bool IsRedo)
{
    /// <summary>The run that takes it back, and tells the rest; null when it was done at once.</summary>
    public long? RunId { get; init; }
}

/// <param name="Kind">What had been done with it.</param>
/// <param name="Path">First part of the record's address.</param>
/// <param name="IsInTrash">It lies there now.</param>
public sealed record UndoneRecord(AuditKind Kind, string Path, long Id, bool IsInTrash);

/// <summary>A record that was not put back.</summary>
/// <param name="Title">Null when the user may not see it.</param>
public sealed record UndoLeft(RecordType Type, long Id, string? Title, Broken Why);

/// <param name="Until">UTC; afterwards it cannot be taken back.</param>
/// <param name="Created">Records it created.</param>
/// <param name="CreatedThenChanged">Those of them that were changed since, and stay.</param>
/// <param name="Changed">Records it changed.</param>
/// <param name="ChangedAgain">Those of them that were changed since: they stay where it was in the same fields.</param>
public sealed record UndoPreview(RecordType Type, DateTime Until, int Created, int CreatedThenChanged, int Changed, int ChangedAgain)
{
    public bool IsInBackground => Created + Changed > BulkResult.MostAtOnce;
}

internal sealed class UndoService(IServiceProvider services, RecordCatalogue catalogue, IHistory history, IRepository<ImportRun> imports, BulkStart start, Operation operations, Actor actor, TimeProvider clock) : IUndoService
{
    public static readonly TimeSpan Until = TimeSpan.FromMinutes(10), UntilOfImports = TimeSpan.FromDays(30);

    private const int SavesAtOnce = 500, MostNamed = 20;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<UndoResult> UndoAsync(long operation, CancellationToken ct)
    {
        var end = await EndAsync(operation, ct);
        var import = await imports.Query(RecordAction.Edit).Where(r => r.Id == operation).Select(r => r.Id).AnyAsync(ct) ? await imports.GetAsync(operation, RecordAction.Edit, ct) : null;
        if (import is null)
            Rule.Require(Now - end.At <= Until, "Undo.TooLate", property: null, Until.TotalMinutes);
        else
            Rule.Require(Now - end.At <= UntilOfImports, "Undo.ImportTooLate", property: null, UntilOfImports.TotalDays);

        var counts = (await history.CountOfOperationAsync(operation, ct)).Where(c => TypeOf(c.Key) is not null).ToList();
        return import is not null || counts is [{ Value: > BulkResult.MostAtOnce }]
            ? await StartAsync(operation, import?.RecordType ?? counts[0].Key, counts.Sum(c => c.Value), import, WhyText.IsUndo(end.Why), ct)
            : await AtOnceAsync(operation, WhyText.Undo(operation, end.Why), ct);
    }

    public async Task<UndoPreview> PreviewAsync(long importId, CancellationToken ct)
    {
        var import = await imports.ReadAsync(importId, RecordAction.Edit, r => r, ct);
        var end = await EndAsync(importId, ct);
        Rule.Require(Now - end.At <= UntilOfImports, "Undo.ImportTooLate", property: null, UntilOfImports.TotalDays);

        var (type, progress) = (import.RecordType, await imports.Parts<ImportProgress>(importId).FirstOrDefaultAsync(ct) ?? new(importId));
        return new(catalogue[type], end.At + UntilOfImports, progress.Created, await history.CountChangedSinceAsync(importId, type, AuditKind.Created, ct),
            progress.Updated, await history.CountChangedSinceAsync(importId, type, AuditKind.Changed, ct));
    }

    public async Task<DateTime?> UntilAsync(long importId, CancellationToken ct) =>
        await imports.Parts<ImportProgress>(importId).FirstOrDefaultAsync(ct) is { IsDryRun: false } progress && progress.Created + progress.Updated > 0
        && await history.EndOfAsync(importId, actor.Id ?? 0, ct) is { } end && Now - end.At <= UntilOfImports ? end.At + UntilOfImports : null;

    /// <summary>When it was done, if the user did it.</summary>
    private async Task<OperationEnd> EndAsync(long operation, CancellationToken ct) =>
        await history.EndOfAsync(operation, actor.Id ?? 0, ct) ?? throw new RecordNotFoundException(typeof(AuditEntry), operation);

    private async Task<UndoResult> StartAsync(long operation, string type, int total, ImportRun? import, bool isRedo, CancellationToken ct)
    {
        var run = new BulkRun { RecordType = type, Action = BulkAction.Undo, Operation = operation };
        await start.BeginAsync(run, total, () => import?.TakeBack(run.Id), ct);
        return new(Done: 0, Left: 0, [], Only: null, run.Id, isRedo) { RunId = run.Id };
    }

    private async Task<UndoResult> AtOnceAsync(long operation, string why, CancellationToken ct)
    {
        operations.Begin();
        actor.Why = why;
        var (done, left, named, first, records) = (0, 0, new List<UndoLeft>(), (UndoneRecord?)null, 0);
        for (var saves = await NextAsync(0); saves.Count > 0; saves = await NextAsync(saves[^1].RecordId))
        {
            foreach (var some in saves.Where(s => TypeOf(s.Type) is not null).GroupBy(s => catalogue[s.Type]))
            {
                var part = await some.Key.Accept(new Undoing(services, actor, operation, [.. some], told: null, ct));
                (done, left, records) = (done + part.Done, left + part.Left.Count, records + some.Count());
                named.AddRange(part.Left.Take(MostNamed - named.Count));
                first ??= some.First() is var save ? new(save.Kind, some.Key.Path, save.RecordId, IsInTrash(save.Kind, part.Done > 0)) : null;
            }
        }
        return new(done, left, named, records == 1 ? first : null, done > 0 ? operations.Last : null, WhyText.IsRedo(actor.Why));

        Task<IReadOnlyList<SavedChange>> NextAsync(long after) => history.OfOperationAsync(operation, type: null, after, SavesAtOnce, ct);
    }

    /// <summary>Null for what is changed on its own page alone.</summary>
    private RecordType? TypeOf(string name) => catalogue.Find(name) is { } type && type.With(FieldUse.Form).Any() ? type : null;

    private static bool IsInTrash(AuditKind was, bool isDone) => was switch
    {
        AuditKind.Deleted => !isDone,
        AuditKind.Restored or AuditKind.Created => isDone,
        _ => false,
    };
}
