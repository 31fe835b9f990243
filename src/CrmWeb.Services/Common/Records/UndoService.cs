using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Services.Common;

/// <summary>Takes back what the user just did: an edit, a new owner, a deletion, of one record or of thousands.</summary>
public interface IUndoService
{
    /// <summary>
    /// Puts back each record of the operation whose fields still hold what it set; the others are left and named. It is a save like any other:
    /// taking it back in turn does again what was undone. Asked twice, it goes on where it stopped.
    /// </summary>
    /// <exception cref="RecordNotFoundException">The user did no such thing.</exception>
    /// <exception cref="RuleException">It was too long ago.</exception>
    Task<UndoResult> UndoAsync(long operation, CancellationToken ct);
}

/// <summary>What came of it.</summary>
/// <param name="Done">Records put back.</param>
/// <param name="Left">Records left as they are.</param>
/// <param name="Named">The first of those that were left.</param>
/// <param name="Only">The record, when it was about one alone.</param>
/// <param name="Operation">What the undo is known by, to be taken back in turn; null when nothing was put back.</param>
/// <param name="IsRedo">It took back an undo.</param>
public sealed record UndoResult(int Done, int Left, IReadOnlyList<UndoLeft> Named, UndoneRecord? Only, long? Operation, bool IsRedo);

/// <param name="Kind">What had been done with it.</param>
/// <param name="Path">First part of the record's address.</param>
/// <param name="IsInTrash">It lies there now.</param>
public sealed record UndoneRecord(AuditKind Kind, string Path, long Id, bool IsInTrash);

/// <summary>A record that was not put back.</summary>
/// <param name="Title">Null when the user may not see it.</param>
public sealed record UndoLeft(RecordType Type, long Id, string? Title, Broken Why);

internal sealed class UndoService(IServiceProvider services, RecordCatalogue catalogue, IHistory history, Operation operations, Actor actor, TimeProvider clock) : IUndoService
{
    public static readonly TimeSpan Until = TimeSpan.FromMinutes(10);

    private const int AtOnce = 100, MostNamed = 20;

    public async Task<UndoResult> UndoAsync(long operation, CancellationToken ct)
    {
        var end = await history.EndOfAsync(operation, actor.Id ?? 0, ct) ?? throw new RecordNotFoundException(typeof(AuditEntry), operation);
        Rule.Require(clock.GetUtcNow().UtcDateTime - end.At <= Until, "Undo.TooLate", property: null, Until.TotalMinutes);

        operations.Begin();
        actor.Why = WhyText.Undo(operation, end.Why);
        var (done, left, named, first, records) = (0, 0, new List<UndoLeft>(), (UndoneRecord?)null, 0);
        IReadOnlyList<SavedChange> batch = [];
        do
        {
            batch = await history.OfOperationAsync(operation, batch.Count == 0 ? null : batch[^1].Id, AtOnce, ct);
            foreach (var saves in batch.Where(s => Undoing.IsUndone(s.Kind)).GroupBy(s => catalogue.Find(s.Type)).Where(t => t.Key is not null && t.Key.With(FieldUse.Form).Any()))
            {
                var part = await saves.Key!.Accept(new Undoing(services, actor, [.. saves], ct));
                (done, left, records) = (done + part.Done, left + part.Left.Count, records + saves.Count());
                named.AddRange(part.Left.Take(MostNamed - named.Count));
                first ??= saves.First() is var save ? new(save.Kind, saves.Key!.Path, save.RecordId, IsInTrash(save.Kind, part.Done > 0)) : null;
            }
        }
        while (batch.Count == AtOnce);
        return new(done, left, named, records == 1 ? first : null, done > 0 ? operations.Last : null, WhyText.IsRedo(actor.Why));
    }

    private static bool IsInTrash(AuditKind was, bool isDone) => was switch
    {
        AuditKind.Deleted => !isDone,
        AuditKind.Restored => isDone,
        _ => false,
    };
}
