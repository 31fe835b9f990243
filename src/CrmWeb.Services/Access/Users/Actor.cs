using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Who acts in this scope of work: set once, by the sign-in of a request or by the job that runs.</summary>
public sealed class Actor : ICurrentUser
{
    private UserProfile? profile;

    public long? Id => profile?.Id;
    public string Name => profile?.Name ?? "";
    public AccessRights Access => profile?.Access ?? AccessRights.Nobody;
    public Habits Habits => profile?.Habits ?? Habits.Neutral;
    public string? From { get; private set; }
    public string? Why { get; set; }
    public UserProfile? Profile => profile;

    public void ActAs(UserProfile user, string? from, string? why = null) => (profile, From, Why) = (user, from, why);

    /// <summary>The product itself: jobs without a person, the command line.</summary>
    public void ActAsSystem(string from) => ActAs(UserProfile.System, from);
}

/// <summary>What each request needs to know of the person behind it.</summary>
/// <param name="AccessVersion">The state of his rights this was worked out from.</param>
public sealed record UserProfile(long Id, string Name, string? Email, int AccessVersion, AccessRights Access, Habits Habits)
{
    public static UserProfile System { get; } = new(User.SystemId, "CrmWeb", Email: null, AccessVersion: 0, AccessRights.System, Habits.Neutral);
}

/// <summary>The state of everything a profile is worked out from.</summary>
/// <param name="Access">The user's access version.</param>
/// <param name="User">Version of his record.</param>
/// <param name="Rights">Counts the changes of roles, teams and the organisation.</param>
public sealed record ProfileVersion(int Access, Guid User, long Rights);

/// <summary>Works out profiles and keeps them until something they are worked out from changes.</summary>
public interface IUserProfiles
{
    /// <summary>Null when there is no such active user.</summary>
    Task<UserProfile?> FindAsync(long userId, CancellationToken ct);

    /// <summary>The profile of a user whose state was just read: no further question when it is kept.</summary>
    Task<UserProfile> FindAsync(long userId, ProfileVersion version, CancellationToken ct);

    /// <summary>Null when there is no such active user.</summary>
    Task<UserProfile?> FindByEmailAsync(string email, CancellationToken ct);
}
