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

    /// <summary>Saves of an operation, the newest first.</summary>
    /// <param name="before">Id of the last one read; null for the beginning.</param>
    Task<IReadOnlyList<SavedChange>> OfOperationAsync(long operation, long? before, int limit, CancellationToken ct);

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
