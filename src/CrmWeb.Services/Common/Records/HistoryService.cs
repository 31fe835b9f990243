using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Common;

/// <summary>What happened to a record, save by save, as its reader may see it.</summary>
public interface IHistoryService
{
    /// <summary>The saves of a record, the newest first.</summary>
    /// <param name="before">Place to go on from, as the page before gave it.</param>
    /// <exception cref="RecordNotFoundException">The user may not see the record.</exception>
    Task<HistoryPage> OfRecordAsync(RecordType type, long id, string? before, CancellationToken ct);

    /// <summary>The value a field had before a save, to be put back by an edit.</summary>
    /// <exception cref="RecordNotFoundException">The user may not see the record, or the save did not change the field.</exception>
    Task<FieldValues> FormerAsync(RecordType type, long id, long save, string key, CancellationToken ct);
}

/// <param name="Before">Where earlier lines begin; null when there are none.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryLine> Lines, string? Before);

/// <summary>One save or event.</summary>
/// <param name="By">Name of who did it; null when that is nobody, or nobody he may see.</param>
/// <param name="Type">The kind of record it is about; null for what has no page of its own.</param>
/// <param name="Title">What the record is called; null when it is not there, or not his to see.</param>
/// <param name="Changes">Null when they are not his to see.</param>
public sealed record HistoryLine(AuditEntry Entry, string? By, RecordType? Type, string? Title, IReadOnlyList<HistoryChange>? Changes)
{
    /// <summary>The record lies there; it has no page.</summary>
    public bool IsInTrash { get; init; }
}

/// <summary>A field that a save changed; values as <see cref="FieldText"/> writes them.</summary>
/// <param name="Field">Null for what is no field of the catalogue.</param>
/// <param name="OldName">What the record is called to which the old value leads.</param>
public sealed record HistoryChange(string Property, Field? Field, string? Old, string? New, string? OldName = null, string? NewName = null);

internal sealed class HistoryService(IHistory history, HistoryNames names, IServiceProvider services) : IHistoryService
{
    private const int PageSize = 30;

    public async Task<HistoryPage> OfRecordAsync(RecordType type, long id, string? before, CancellationToken ct)
    {
        await type.Accept(new Visible(services, id, ct));
        var rows = await history.ReadAsync(new(type.Name, id) { SavesOnly = true }, MomentPlace.Read(before), PageSize + 1, ct);
        var lines = rows.Take(PageSize).Select(r => new HistoryLine(r, By: null, type, Title: null, [.. Shown(type, SavedChange.Of(r))])).ToList();
        return new(await names.OfAsync(lines, ct), MomentPlace.Behind(rows, PageSize, r => new(r.At, r.Id)));
    }

    public async Task<FieldValues> FormerAsync(RecordType type, long id, long save, string key, CancellationToken ct)
    {
        await type.Accept(new Visible(services, id, ct));
        return type.Find(key) is { CanSet: true } field && await history.FindAsync(type.Name, id, save, ct) is { } found && found.Fields.TryGetValue(field.Property, out var change) && FieldText.TryRead(field, change.Old, out var former)
            ? new FieldValues { [key] = former }
            : throw new RecordNotFoundException(type.Entity, id);
    }

    /// <summary>Fields of the catalogue, in its order; what lies beside them is worked out from them. A share says whom it is for.</summary>
    private static IEnumerable<HistoryChange> Shown(RecordType type, SavedChange save) => save.Kind is AuditKind.Shared or AuditKind.Unshared
        ? save.Fields.Select(f => new HistoryChange(f.Key, Field: null, f.Value.Old, f.Value.New))
        : from field in type.Fields
          where field.IsOwn && !field.IsDerived && save.Fields.ContainsKey(field.Property)
          let change = save.Fields[field.Property]
          select new HistoryChange(field.Property, field, change.Old, change.New);

    private sealed class Visible(IServiceProvider services, long id, CancellationToken ct) : IRecordTypeVisitor<Task<long>>
    {
        public Task<long> Visit<T>(RecordType<T> type) where T : Record => ((IRepository<T>)services.GetService(typeof(IRepository<T>))!).ReadAsync(id, RecordAction.View, r => r.Id, ct);
    }
}
