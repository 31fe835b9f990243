using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Access;

namespace CrmWeb.Domain.Customers;

/// <summary>Something done or to be done with a customer: a call, a meeting, a note, a task, a promise.</summary>
public sealed class Activity : Record, IScoped, IPrivate, ISearchable
{
    public ActivityKind Kind { get; set; }

    [Required, MaxLength(200)]
    public string Subject { get; set => field = Clean(value) ?? ""; } = "";

    [MaxLength(8000)]
    public string? Body { get; set => field = Clean(value); }

    public ActivityStatus Status { get; private set; } = ActivityStatus.NotStarted;
    public ActivityPriority Priority { get; set; } = ActivityPriority.Normal;

    /// <summary>The main record; null for an activity of one's own.</summary>
    public long? CustomerId { get; set; }
    public Customer? Customer { get; private set; }
    public long? ContactId { get; set; }
    public Contact? Contact { get; private set; }

    public long? AssigneeId { get; set; }
    public User? Assignee { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? StartAt { get; set; }
    /// <summary>UTC.</summary>
    public DateTime? EndAt { get; set; }
    public DateOnly? DueOn { get; set; }

    /// <summary>UTC; when it was done, held or given up.</summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>The day of that by the clock of who closed it, kept by the save: by it a promise was kept or broken.</summary>
    public DateOnly? ClosedOn { get; private set; }

    [Range(0, 14_400)]
    public int? DurationMinutes { get; set; }
    public ActivityOutcome? Outcome { get; set; }
    public Direction? Direction { get; set; }
    public Mood? Mood { get; set; }

    [MaxLength(200)]
    public string? Place { get; set => field = Clean(value); }
    [MaxLength(500)]
    public string? Url { get; set => field = CleanUrl(value); }

    public IReadOnlyList<Participant> Participants { get; set; } = [];
    /// <summary>Minutes before the start or the due day's morning.</summary>
    public IReadOnlyList<int> Reminders { get; set; } = [];

    /// <summary>RFC 5545 recurrence rule.</summary>
    [MaxLength(200)]
    public string? Recurrence { get; set => field = Clean(value); }
    [MaxLength(200)]
    public string? ExternalUid { get; set => field = Clean(value); }

    /// <summary>A commitment to the customer: kept or broken is counted.</summary>
    public bool IsPromise { get; set; }

    /// <summary>For its author's eyes only.</summary>
    public bool IsPrivate { get; set; }

    public long? ScopeOwnerId { get; private set; }
    public long? ScopeTeamId { get; private set; }
    public long? ScopeRecordId => CustomerId;

    public override string Title => Subject;

    /// <summary>Still to do.</summary>
    public bool IsOpen => Status is ActivityStatus.NotStarted or ActivityStatus.InProgress or ActivityStatus.Deferred or ActivityStatus.Planned;

    /// <summary>Whether it counts as having been in touch.</summary>
    public bool IsTouch => Status is ActivityStatus.Done or ActivityStatus.Held && Kind != ActivityKind.Task;

    /// <summary>When it happened, for the timeline. UTC.</summary>
    public DateTime HappenedAt => StartAt ?? ClosedAt ?? CreatedAt;

    public IEnumerable<string?> SearchTexts => IsPrivate ? [] : [Subject];
    public IEnumerable<MatchKey> MatchKeys => [];

    public override IEnumerable<Broken> Check() => [.. base.Check(), .. ActivityRules.Check(this)];

    public void ScopeTo(long? ownerId, long? teamId) => (ScopeOwnerId, ScopeTeamId) = (ownerId, teamId);

    /// <summary>Sets a status of the kind's own life; completing stamps the time.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="RuleException">The status does not belong to this kind of activity.</exception>
    public void SetStatus(ActivityStatus status, DateTime now)
    {
        Rule.Require(ActivityRules.StatusesOf(Kind).Contains(status), "Activity.StatusOfOtherKind", nameof(Status), status, Kind);

        Status = status;
        ClosedAt = IsOpen ? null : ClosedAt ?? now;
    }

    internal void StampClosedOn(DateOnly? day) => ClosedOn = day;

    /// <summary>Done: a task is done, a call or meeting was held. Doing it twice changes nothing.</summary>
    /// <param name="now">UTC.</param>
    public void Complete(DateTime now) => SetStatus(ActivityRules.StatusesOf(Kind).First(s => s is ActivityStatus.Done or ActivityStatus.Held), now);

    /// <summary>Open again.</summary>
    /// <param name="now">UTC.</param>
    /// <exception cref="RuleException">It is open already.</exception>
    public void Reopen(DateTime now)
    {
        Rule.Require(!IsOpen, "Activity.IsOpen");

        SetStatus(ActivityRules.StatusesOf(Kind)[0], now);
    }
}

public enum ActivityKind { Task, Call, Meeting, Email, Note, Visit }
public enum ActivityStatus { NotStarted, InProgress, Done, Cancelled, Deferred, Planned, Held, NotHeld }
public enum ActivityPriority { Low, Normal, High }
public enum ActivityOutcome { Reached, LeftMessage, NoAnswer }
public enum Direction { Outgoing, Incoming }
public enum Mood { Good, Neutral, Bad }

/// <summary>Someone who takes part: a contact or a colleague.</summary>
public sealed record Participant(long? ContactId, long? UserId, ParticipantResponse Response);
public enum ParticipantResponse { None, Accepted, Declined, Tentative }

/// <summary>A further record an activity is about.</summary>
public sealed class ActivityLink(long activityId, string recordType, long recordId)
{
    public long ActivityId { get; private set; } = activityId;
    [MaxLength(40)]
    public string RecordType { get; private set; } = recordType;
    public long RecordId { get; private set; } = recordId;
}
