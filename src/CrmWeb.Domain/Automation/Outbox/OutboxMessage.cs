using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Automation;

/// <summary>A mail that was promised by a save and leaves after it.</summary>
public sealed class OutboxMessage
{
    public required long Id { get; init; }

    [MaxLength(254)]
    public required string To { get; init; }
    [MaxLength(200)]
    public required string Subject { get; init; }

    /// <summary>Plain text. A one-time link stands in it as the placeholder <see cref="LinkMark"/>.</summary>
    public required string Body { get; init; }

    /// <summary>The one-time link, encrypted; never shown in pages, logs or kept mails.</summary>
    [MaxLength(2000)]
    public string? SealedLink { get; set; }

    /// <summary>The user the mail is for, when it is one of ours.</summary>
    public long? ForUserId { get; init; }
    public OutboxState State { get; private set; } = OutboxState.Waiting;
    public int Attempts { get; private set; }
    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>UTC; not tried before.</summary>
    public required DateTime DueAt { get; set; }
    /// <summary>UTC.</summary>
    public DateTime? SentAt { get; private set; }
    /// <summary>UTC; until then one worker has it in hand.</summary>
    public DateTime? LeasedUntil { get; set; }
    [MaxLength(500)]
    public string? Error { get; private set; }

    public const string LinkMark = "{link}";

    /// <summary>Tries after which a mail is given up and shown as failed.</summary>
    public const int MostAttempts = 8;

    /// <param name="now">UTC.</param>
    public void Sent(DateTime now, bool kept) => (State, SentAt, Error, LeasedUntil, Attempts) = (kept ? OutboxState.Kept : OutboxState.Sent, now, null, null, Attempts + 1);

    /// <summary>Waits twice as long after each failure: 1, 2, 4 … minutes; after the last try the mail is shown as failed.</summary>
    /// <param name="now">UTC.</param>
    public void Failed(DateTime now, string error)
    {
        (Attempts, Error, LeasedUntil) = (Attempts + 1, error.Length <= 500 ? error : error[..500], null);
        (State, DueAt) = Attempts >= MostAttempts ? (OutboxState.Failed, DueAt) : (OutboxState.Waiting, now.AddMinutes(1 << (Attempts - 1)));
    }
}

/// <summary>Kept: there is no mail server, the mail lies in the outbox page and as a file.</summary>
public enum OutboxState { Waiting, Sent, Kept, Failed }
