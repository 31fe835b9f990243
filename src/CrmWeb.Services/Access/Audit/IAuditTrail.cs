using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Notes events of access, which change no field of a record, for the next save.</summary>
public interface IAuditTrail
{
    void Add(AccessEvent happened);
}

/// <summary>Something that happened to a user or was done with a record.</summary>
/// <param name="RecordId">The user it is about, unless <see cref="RecordType"/> says otherwise; 0 for nobody known.</param>
public sealed record AccessEvent(AuditKind Kind, long RecordId)
{
    public string RecordType { get; init; } = nameof(User);

    /// <summary>Who did it; the current user when not said.</summary>
    public long? By { get; init; }

    /// <summary>From where; the current user's place when not said.</summary>
    public string? From { get; init; }
    public string? Why { get; init; }

    /// <summary>What it changed beside the record's own fields: name → old and new.</summary>
    public IReadOnlyDictionary<string, FieldChange> Changes { get; init; } = new Dictionary<string, FieldChange>(StringComparer.Ordinal);
}
