using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Automation;

/// <summary>Work that takes longer than a page may: an import, a bulk change. Survives restarts, is done by one worker at a time.</summary>
public sealed class WorkItem
{
    public required long Id { get; init; }
    /// <summary>Which handler does it.</summary>
    [MaxLength(60)]
    public required string Kind { get; init; }
    /// <summary>The record the work is about.</summary>
    public required long SubjectId { get; init; }
    /// <summary>In whose name and with whose rights.</summary>
    public required long UserId { get; init; }
    public WorkState State { get; set; } = WorkState.Waiting;
    public int Attempts { get; set; }
    /// <summary>How often in a row a worker was gone without having brought it further.</summary>
    public int Crashes { get; set; }
    public int Done { get; set; }
    public int? Total { get; set; }
    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime DueAt { get; set; }
    /// <summary>UTC; until then one worker has it in hand.</summary>
    public DateTime? LeasedUntil { get; set; }
    /// <summary>UTC.</summary>
    public DateTime? EndedAt { get; set; }
    [MaxLength(500)]
    public string? Error { get; set; }

    public const int MostAttempts = 5;

    /// <summary>After so many crashes it is given up, and so is a run of a job: it would end the whole process, and everybody's work in it, again and again.</summary>
    public const int MostCrashes = 5;
}

public enum WorkState { Waiting, Running, Done, Cancelled, Failed }

/// <summary>One run of a scheduled job; unique on job and due time, so that one of several instances runs it.</summary>
public sealed class JobRun
{
    public required long Id { get; init; }
    [MaxLength(60)]
    public required string Job { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime DueAt { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime StartedAt { get; set; }
    /// <summary>UTC; until then one instance has it in hand, and a run whose lease is over without an end is done again. Null for one that background work does.</summary>
    public DateTime? LeasedUntil { get; set; }
    /// <summary>UTC.</summary>
    public DateTime? EndedAt { get; set; }
    public int Rows { get; set; }
    /// <summary>How often an instance was gone with it in hand.</summary>
    public int Crashes { get; set; }
    [MaxLength(500)]
    public string? Error { get; set; }
}
