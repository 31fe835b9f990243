namespace CrmWeb.Domain.Common;

/// <summary>What a request has made, so that the same request sent again makes nothing more.</summary>
/// <param name="key">Fingerprint of who asked for what: at most <see cref="Longest"/> characters.</param>
/// <param name="recordId">The record it made; the first, where it made more.</param>
/// <param name="createdAt">UTC.</param>
public sealed class IdempotencyKey(string key, long recordId, DateTime createdAt)
{
    /// <summary>Characters of a SHA-256 in hexadecimal.</summary>
    public const int Longest = 64;

    /// <summary>How long a request is known again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public string Key { get; } = key;

    public long RecordId { get; } = recordId;

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; } = createdAt;
}
