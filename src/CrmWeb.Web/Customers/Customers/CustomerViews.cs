using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Customers.Customers;

/// <summary>The page of a customer.</summary>
public sealed record CustomerView(RecordType Type, CustomerPage Page, TimelinePage Timeline, TimelineFilter Filter, LogForm Log);

/// <summary>Lines of a history and where the earlier ones are.</summary>
/// <param name="Address">Of the record whose history it is.</param>
public sealed record TimelineView(string Address, TimelinePage Page, TimelineFilter Filter);

/// <summary>Records that may be the same as the one a form is about, and what was said of them.</summary>
/// <param name="Id">The record being edited; null for a new one.</param>
public sealed record DuplicatesView(RecordType Type, long? Id, IReadOnlyList<Duplicate> Found, DuplicateAnswer Answer);

/// <summary>The next step of a customer's life.</summary>
[TextsOf("Customer")]
public sealed class MoveForm
{
    public Guid Version { get; set; }
    public string Name { get; set; } = "";
    public Lifecycle From { get; set; }

    [Required]
    public Lifecycle? Lifecycle { get; set; }

    [StringLength(300)]
    public string? Reason { get; set; }
}

/// <summary>What the composer sends: something that happened, or is to be done.</summary>
[TextsOf("Activity")]
public sealed class LogForm
{
    public ActivityKind Kind { get; set; } = ActivityKind.Note;
    public long? CustomerId { get; set; }
    public long? ContactId { get; set; }

    [StringLength(200)]
    public string? Subject { get; set; }

    [StringLength(8000)]
    public string? Body { get; set; }
    public DateOnly? DueOn { get; set; }

    /// <summary>Day of a meeting.</summary>
    public DateOnly? StartOn { get; set; }
    public TimeOnly? StartTime { get; set; }

    [Range(0, 14_400)]
    public int? DurationMinutes { get; set; }
    public ActivityOutcome? Outcome { get; set; }
    public Mood? Mood { get; set; }

    [StringLength(200)]
    public string? Place { get; set; }
    public bool IsPromise { get; set; }
    public bool IsPrivate { get; set; }

    [StringLength(200)]
    public string? NextStep { get; set; }
    public DateOnly? NextStepOn { get; set; }

    /// <summary>Where to go afterwards; an address of this site.</summary>
    public string? ReturnUrl { get; set; }

    public LogActivity ToInput(Habits habits) => new(
        Kind, CustomerId, ContactId, Subject, Body,
        StartOn is { } day ? habits.Utc(day.ToDateTime(StartTime ?? new TimeOnly(9, 0))) : null,
        DueOn, DurationMinutes, Outcome, Direction: null, Mood, Place, IsPromise, IsPrivate, AssigneeId: null, NextStep, NextStepOn);
}
