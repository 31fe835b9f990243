using CrmWeb.Domain.Automation;

namespace CrmWeb.Services.Automation;

/// <summary>The stored mails; each is in the hands of one process at a time.</summary>
public interface IOutboxStore
{
    /// <summary>Keeps a mail for the next save.</summary>
    void Add(OutboxDraft draft);

    /// <summary>Takes the next due mail for five minutes, to be sent and then <see cref="EndAsync">ended</see>; null when there is none, or another process was faster.</summary>
    Task<OutboxMessage?> ClaimAsync(CancellationToken ct);

    /// <summary>Writes what became of the claimed mail.</summary>
    Task EndAsync(OutboxMessage message, CancellationToken ct);

    /// <summary>Gives a claimed mail back untried: this process ends.</summary>
    Task ReleaseAsync(OutboxMessage message, CancellationToken ct);

    /// <summary>The newest mails before an id.</summary>
    /// <param name="state">Null for all.</param>
    /// <param name="before">Null for the very newest.</param>
    Task<IReadOnlyList<OutboxRow>> PageAsync(OutboxState? state, long? before, int size, CancellationToken ct);

    /// <param name="overdueSince">UTC; what was due before and is in nobody's hands is overdue.</param>
    Task<WorkLoad> LoadAsync(DateTime overdueSince, CancellationToken ct);

    /// <summary>One mail, to look at.</summary>
    Task<OutboxMessage?> FindAsync(long id, CancellationToken ct);

    /// <summary>How many mails with a one-time link were written for a user since a moment.</summary>
    /// <param name="since">UTC.</param>
    Task<int> LinksSinceAsync(long userId, DateTime since, CancellationToken ct);

    /// <summary>Lets a failed mail begin anew.</summary>
    /// <returns>False when it has not failed.</returns>
    Task<bool> RetryAsync(long id, CancellationToken ct);
}

/// <summary>A mail before it has an id.</summary>
public sealed record OutboxDraft(string To, string Subject, string Body)
{
    /// <summary>What links are sealed for.</summary>
    public const string LinkPurpose = "Outbox.Link";

    public string? SealedLink { get; init; }
    public long? ForUserId { get; init; }
}

/// <summary>A line of the outbox. Moments are UTC.</summary>
public sealed record OutboxRow(long Id, string To, string Subject, OutboxState State, DateTime CreatedAt, DateTime? SentAt, int Attempts);
