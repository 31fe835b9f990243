using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>The open sign-ins.</summary>
public interface ISessions
{
    /// <summary>Keeps a new session for the next save, and notes when the user was here.</summary>
    /// <returns>Its id.</returns>
    Task<long> StartAsync(long userId, bool keep, Origin from, CancellationToken ct);

    /// <summary>One indexed read, for every request.</summary>
    Task<OpenSession?> FindAsync(long id, CancellationToken ct);

    /// <summary>Notes that someone was there; never the reason for a failure.</summary>
    Task TouchAsync(long id, CancellationToken ct);

    /// <summary>Notes that the password was typed again.</summary>
    Task ConfirmAsync(long id, CancellationToken ct);

    /// <summary>Ends a session.</summary>
    /// <returns>Whose it was; null when it had ended.</returns>
    Task<long?> EndAsync(long id, CancellationToken ct);

    /// <summary>Ends all sessions of a user but one.</summary>
    Task EndAllAsync(long userId, long? except, CancellationToken ct);

    /// <summary>A user's sessions that are alive, the newest first.</summary>
    Task<IReadOnlyList<Session>> AliveAsync(long userId, CancellationToken ct);
}

/// <summary>A session and what its user is at this moment.</summary>
public sealed record OpenSession(Session Session, ProfileVersion Version, bool UserMayEnter)
{
    /// <summary>Whether the person behind it may still act as what he was when he signed in.</summary>
    /// <param name="now">UTC.</param>
    public bool IsValid(DateTime now) => UserMayEnter && Version.Access == Session.AccessVersion && Session.IsAlive(now);
}
