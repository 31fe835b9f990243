using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>One line of a customer's history. Written by the save pipeline alone.</summary>
public sealed class TimelineEntry
{
    /// <summary>The id of its source where a source has one entry, an id of its own otherwise.</summary>
    public required long Id { get; init; }
    public required long CustomerId { get; init; }
    public long? ContactId { get; set; }

    /// <summary>UTC; when it happened, not when it was written down.</summary>
    public required DateTime At { get; set; }
    public required TimelineKind Kind { get; set; }
    public long? ActorId { get; set; }

    /// <summary>Record type and id of what the line tells about; its text is shown to those who may see that record.</summary>
    [MaxLength(40)]
    public required string SourceType { get; init; }
    public required long SourceId { get; init; }

    [MaxLength(200)]
    public required string Title { get; set; }
    [MaxLength(400)]
    public string? Excerpt { get; set; }

    /// <summary>Names of changed fields, or the states of a move, separated by commas.</summary>
    [MaxLength(400)]
    public string? Detail { get; set; }

    /// <summary>Shown to this user alone; null for everyone.</summary>
    public long? OnlyForId { get; set; }
}

public enum TimelineKind { Created, Changed, Assigned, LifecycleMoved, Call, Meeting, Email, Note, Visit, TaskDone, PromiseKept, PromiseBroken, ContactAdded, FileAdded, Imported, Deleted, Restored }
