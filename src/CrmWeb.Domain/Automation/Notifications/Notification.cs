using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Automation;

/// <summary>Something a person is told of: others gave him a record, his own background work came to its end. Much of the same kind by one operation is one notification.</summary>
public sealed class Notification
{
    public required long Id { get; init; }

    /// <summary>Who is told.</summary>
    public required long UserId { get; init; }
    public required NotificationKind Kind { get; init; }

    /// <summary>What it is about; of several, the first one.</summary>
    [MaxLength(40)]
    public required string RecordType { get; init; }
    public required long RecordId { get; init; }

    /// <summary>How many records it is about.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Who did it; null for the product itself.</summary>
    public long? ActorId { get; set; }

    /// <summary>The operation it comes from.</summary>
    public long Operation { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; set; }

    /// <summary>UTC; null while it is new to him.</summary>
    public DateTime? ReadAt { get; set; }
}

public enum NotificationKind { Given, TaskGiven, Checked, Done, Failed }
