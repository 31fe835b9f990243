using System.Text.Json;
using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Common;

/// <summary>What was changed in a record, and by whom, as the audit tells it.</summary>
public interface IHistory
{
    /// <summary>All changes saved after the given version, field by field: the value at that version and the newest one.</summary>
    /// <returns>Null when the version is none of this record.</returns>
    Task<ChangesSince?> SinceAsync(string type, long id, Guid version, CancellationToken ct);

    /// <summary>The last save of an operation, if the person did it.</summary>
    /// <returns>Null when there is no such operation of his.</returns>
    Task<OperationEnd?> EndOfAsync(long operation, long userId, CancellationToken ct);

    /// <summary>How many records of which types an operation saved.</summary>
    Task<IReadOnlyDictionary<string, int>> CountOfOperationAsync(long operation, CancellationToken ct);

    /// <summary>What an operation did with the next records behind an id, all its saves of a record as one.</summary>
    /// <param name="type">Name of the type they are of; null for all.</param>
    /// <param name="after">Id of the last record; 0 for the beginning.</param>
    Task<IReadOnlyList<SavedChange>> OfOperationAsync(long operation, string? type, long after, int limit, CancellationToken ct);

    /// <summary>Those of the records that someone changed or gave away in another operation.</summary>
    Task<IReadOnlySet<long>> ChangedElsewhereAsync(string type, IReadOnlyCollection<long> ids, long operation, CancellationToken ct);

    /// <summary>How many of the records that an operation created or changed were changed or given away in another one since.</summary>
    /// <param name="kind">What the operation did with them.</param>
    Task<int> CountChangedSinceAsync(long operation, string type, AuditKind kind, CancellationToken ct);

    /// <summary>Rows of the audit, the newest first.</summary>
    /// <param name="before">The last one read; null for the beginning.</param>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditFilter filter, MomentPlace? before, int limit, CancellationToken ct);

    /// <summary>One row of a record; null when it has none such.</summary>
    Task<SavedChange?> FindAsync(string type, long recordId, long id, CancellationToken ct);
}

/// <summary>Which rows of the audit are asked for; what is null does not matter.</summary>
/// <param name="From">UTC.</param>
/// <param name="Until">UTC, not included.</param>
public sealed record AuditFilter(string? RecordType = null, long? RecordId = null, long? UserId = null, AuditKind? Kind = null, DateTime? From = null, DateTime? Until = null)
{
    /// <summary>Only saves of records: no sign-ins, no exports.</summary>
    public bool SavesOnly { get; init; }
}

/// <param name="At">UTC.</param>
public sealed record OperationEnd(DateTime At, string? Why);

/// <summary>One save of one record.</summary>
/// <param name="Fields">By property; empty for a create.</param>
/// <param name="Version">The record's version after it.</param>
public sealed record SavedChange(long Id, AuditKind Kind, string Type, long RecordId, IReadOnlyDictionary<string, FieldChange> Fields, Guid? Version)
{
    /// <summary>Several saves of one record in one operation, the oldest first, as the one change they come to.</summary>
    /// <returns>With <see cref="IsMixed"/> where one of them moved it into or out of the trash and another did something else.</returns>
    public static SavedChange Net(IReadOnlyList<SavedChange> saves)
    {
        var (first, last) = (saves[0], saves[^1]);
        var isMixed = saves.Count > 1 && saves.Any(s => s.Kind is AuditKind.Deleted or AuditKind.Restored);
        if (saves.Count == 1 || first.Kind == AuditKind.Created)
            return first with { Version = last.Version, IsMixed = isMixed };

        var fields = new Dictionary<string, FieldChange>(StringComparer.Ordinal);
        foreach (var (property, change) in saves.SelectMany(s => s.Fields))
            fields[property] = new(fields.TryGetValue(property, out var before) ? before.Old : change.Old, change.New);
        var kind = saves.FirstOrDefault(s => s.Kind == AuditKind.Assigned)?.Kind ?? last.Kind;
        return last with { Kind = kind, Fields = fields, IsMixed = isMixed };
    }

    /// <summary>It cannot be told as one change.</summary>
    public bool IsMixed { get; init; }

    public static SavedChange Of(AuditEntry row) => new(row.Id, row.Kind, row.RecordType, row.RecordId, FieldsOf(row.Changes), row.VersionAfter);

    private static Dictionary<string, FieldChange> FieldsOf(string? json) => json is null ? []
        : JsonSerializer.Deserialize<Dictionary<string, string?[]>>(json)!.ToDictionary(f => f.Key, f => new FieldChange(f.Value[0], f.Value[1]), StringComparer.Ordinal);
}

/// <param name="UserId">Who saved last.</param>
/// <param name="At">UTC of the last save.</param>
/// <param name="Changes">By property.</param>
public sealed record ChangesSince(long? UserId, DateTime At, IReadOnlyDictionary<string, FieldChange> Changes);

/// <summary>Values as <see cref="FieldText"/> writes them.</summary>
public sealed record FieldChange(string? Old, string? New);
