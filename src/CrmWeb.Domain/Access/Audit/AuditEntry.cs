using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Access;

/// <summary>One save of one record, or one event of access: who, when, from where, why, what. Append-only; written by the save pipeline.</summary>
public sealed class AuditEntry
{
    public required long Id { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }
    public long? UserId { get; init; }

    /// <summary>Network address, or "command line", "job".</summary>
    [MaxLength(60)]
    public string? From { get; init; }

    /// <summary>Rule, import, merge or key that made the change; null for a person's own act.</summary>
    [MaxLength(200)]
    public string? Why { get; init; }
    public required AuditKind Kind { get; init; }

    /// <summary>What a person did at once, with one record or with thousands: its rows are taken back together. Null for events that change no record.</summary>
    public long? Operation { get; init; }

    [MaxLength(40)]
    public required string RecordType { get; init; }
    public required long RecordId { get; init; }

    /// <summary>{"Field": [old, new]}; null for a create and for events without fields.</summary>
    public string? Changes { get; init; }
    public Guid? VersionBefore { get; init; }
    public Guid? VersionAfter { get; init; }
}

public enum AuditKind
{
    Created, Changed, Deleted, Restored, Assigned, SignedIn, SignInFailed, LockedOut, SignedOut, SessionsEnded, PasswordChanged, LinkRevealed, Exported, Imported, HiddenMatchTold, Shared, Unshared,
    JobAskedFor, WorkRetried, WorkStopped,
}
