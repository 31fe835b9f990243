using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Access;

/// <summary>Someone who works with the product, or a door that acts in his place.</summary>
public sealed class User : Record, ISearchable
{
    /// <summary>The id under which jobs, imports and commands without a person act.</summary>
    public const long SystemId = 1;

    private readonly List<TeamMembership> teams = [];
    private readonly List<UserRole> roles = [];

    [Required, MaxLength(100)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";

    /// <summary>Sign-in name. Null for a person who owns records but does not sign in.</summary>
    [MaxLength(254)]
    public string? Email { get; set => field = Clean(value)?.ToLowerInvariant(); }
    public UserKind Kind { get; init; } = UserKind.Internal;
    public bool IsActive { get; private set; } = true;

    [MaxLength(100)]
    public string? JobTitle { get; set => field = Clean(value); }
    public long? ManagerId { get; set; }
    public long? HomeTeamId { get; set; }
    public Team? HomeTeam { get; private set; }
    public IReadOnlyCollection<TeamMembership> Teams => teams;
    public IReadOnlyCollection<UserRole> Roles => roles;

    /// <summary>Language of texts: "en" or "zh-Hans"; null takes the organisation's.</summary>
    [MaxLength(20)]
    public string? Language { get; set => field = Clean(value); }

    /// <summary>Culture of dates and numbers, such as "en-GB"; null follows the language.</summary>
    [MaxLength(20)]
    public string? Format { get; set => field = Clean(value); }

    /// <summary>IANA name; null takes the organisation's.</summary>
    [MaxLength(60)]
    public string? TimeZone { get; set => field = Clean(value); }
    public Theme Theme { get; set; }
    public Density Density { get; set; }
    public bool ShortcutsOff { get; set; }

    /// <summary>Where he lands after signing in.</summary>
    public StartPage Start { get; set; }

    /// <summary>Changes whenever what the user may do, or whether he may be here, changes: open sessions notice at their next request.</summary>
    public int AccessVersion { get; private set; }
    /// <summary>UTC.</summary>
    public DateTime? LastSignInAt { get; private set; }

    public override string Title => Name;
    public IEnumerable<string?> SearchTexts => [Name, Email];
    public IEnumerable<MatchKey> MatchKeys => [];

    public override IEnumerable<Broken> Check()
    {
        foreach (var broken in base.Check())
            yield return broken;
        if (Email is { } email && !EmailAddress.IsValid(email))
            yield return new("Error.Email", nameof(Email), email);
        if (ManagerId == Id && Id != 0)
            yield return new("User.OwnManager", nameof(ManagerId));
        if (TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            yield return new("Error.TimeZone", nameof(TimeZone), zone);
    }

    /// <summary>Ends all access at the next request.</summary>
    public void Deactivate()
    {
        Rule.Require(IsActive, "User.IsInactive");
        Rule.Require(Id != SystemId, "User.IsSystem");

        IsActive = false;
        AccessVersion++;
    }

    public void Activate()
    {
        Rule.Require(!IsActive, "User.IsActiveAlready");

        IsActive = true;
        AccessVersion++;
    }

    /// <summary>Replaces the roles.</summary>
    public void SetRoles(IEnumerable<long> roleIds)
    {
        var wanted = roleIds.ToHashSet();
        roles.RemoveAll(r => !wanted.Contains(r.RoleId));
        foreach (var id in wanted.Where(id => !roles.Exists(r => r.RoleId == id)))
            roles.Add(new(Id, id));
        AccessVersion++;
    }

    /// <summary>Moves the user into a team; records given to him from now on belong to it.</summary>
    public void SetHomeTeam(long? teamId)
    {
        teams.RemoveAll(t => t.TeamId == HomeTeamId);
        HomeTeamId = teamId;
        if (teamId is { } team && !teams.Exists(t => t.TeamId == team))
            teams.Add(new(Id, team));
        AccessVersion++;
    }

    /// <summary>Ends sessions after a changed password or second factor.</summary>
    public void ChangeCredentials() => AccessVersion++;

    /// <param name="now">UTC.</param>
    public void SignedIn(DateTime now) => LastSignInAt = now;
}

public enum UserKind { Internal, Portal, Api, System }
public enum Theme { System, Light, Dark }
public enum Density { Comfortable, Compact }
public enum StartPage { Today, Customers, Contacts }

/// <summary>A user's place in a team.</summary>
public sealed class TeamMembership(long userId, long teamId)
{
    public long UserId { get; private set; } = userId;
    public long TeamId { get; private set; } = teamId;
}

/// <summary>A role a user has.</summary>
public sealed class UserRole(long userId, long roleId)
{
    public long UserId { get; private set; } = userId;
    public long RoleId { get; private set; } = roleId;
    public Role? Role { get; private set; }
}

/// <summary>The words that lists, roles and teams use for users.</summary>
public static class UserQueries
{
    extension(IQueryable<User> users)
    {
        /// <summary>People who work here, or did: not the product itself, nor customers at the portal.</summary>
        public IQueryable<User> Staff => users.Where(u => u.DeletedAt == null && u.Kind == UserKind.Internal);

        /// <summary>Those of them who may sign in.</summary>
        public IQueryable<User> ActiveStaff => users.Staff.Where(u => u.IsActive);
    }
}
