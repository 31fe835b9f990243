using CrmWeb.Domain.Automation;

namespace CrmWeb.Services.Automation;

/// <summary>The stored notifications of a person; saves add them.</summary>
public interface INotificationStore
{
    /// <summary>How many he has not read, no further than <paramref name="most"/>.</summary>
    Task<int> UnreadAsync(long userId, int most, CancellationToken ct);

    /// <summary>The same as this process knows it: another one may have told him something within the last minute.</summary>
    Task<int> KnownUnreadAsync(long userId, int most);

    /// <summary>The newest first.</summary>
    /// <param name="before">UTC of the last one of the page before.</param>
    Task<IReadOnlyList<Notification>> PageAsync(long userId, DateTime? before, int size, CancellationToken ct);

    Task<Notification?> FindAsync(long userId, long id, CancellationToken ct);

    /// <summary>Marks one as read, or all.</summary>
    Task ReadAsync(long userId, long? id, CancellationToken ct);

    /// <summary>Removes those from before a moment.</summary>
    /// <param name="before">UTC.</param>
    /// <returns>Rows removed.</returns>
    Task<int> TidyAsync(DateTime before, CancellationToken ct);
}
