using System.Globalization;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Access;

/// <summary>Writes what was said about a user, after the rules were asked.</summary>
internal sealed class UserChanges(IRepository<User> users, IRepository<Team> teams, ISessions sessions, IAuditTrail audit)
{
    public void Add(User user) => users.Add(user);

    /// <summary>Puts people into a team that is there, or into a new one.</summary>
    /// <remarks>The team is touched only when it changes: touching it ends the user's sessions.</remarks>
    public async Task MoveAsync(IReadOnlyList<User> people, HomeTeamInput input, CancellationToken ct)
    {
        foreach (var (id, property) in new[] { (input.HomeTeamId, nameof(input.HomeTeamId)), (input.NewTeamParentId, nameof(input.NewTeamParentId)) })
            Rule.Require(id is not { } asked || await teams.Query().Where(t => t.Id == asked).AnyAsync(ct), "Error.Choose", property);

        var team = NewTeam(input) ?? input.HomeTeamId;
        foreach (var user in people.Where(u => u.HomeTeamId != team))
            user.SetHomeTeam(team);
    }

    /// <remarks>Roles are touched only when they change: touching them ends the user's sessions.</remarks>
    public async Task ApplyAsync(User user, UserInput input, CancellationToken ct)
    {
        Rule.Require(input.ManagerId is not { } manager || await users.Query().Where(u => u.Id == manager && u.IsActive).AnyAsync(ct), "Error.Choose", nameof(input.ManagerId));
        (user.Name, user.JobTitle, user.ManagerId) = (input.Name, input.JobTitle, input.ManagerId);
        Rule.RequireNone(user.Check());

        var had = user.Roles.Select(r => r.RoleId).Order().ToList();
        if (had.SequenceEqual(input.Roles.Distinct().Order()))
            return;

        user.SetRoles(input.Roles);
        audit.Add(new(AuditKind.Changed, user.Id) { Changes = new Dictionary<string, FieldChange>(StringComparer.Ordinal) { ["Roles"] = new(Written(had), Written(input.Roles.Distinct().Order())) } });
    }

    public async Task EndSessionsAsync(User user, CancellationToken ct)
    {
        await sessions.EndAllAsync(user.Id, except: null, ct);
        audit.Add(new(AuditKind.SessionsEnded, user.Id));
    }

    private long? NewTeam(HomeTeamInput input)
    {
        if (string.IsNullOrWhiteSpace(input.NewTeam))
            return null;
        var team = new Team { Name = input.NewTeam, ParentId = input.NewTeamParentId };
        Rule.RequireNone(team.Check());
        teams.Add(team);
        return team.Id;
    }

    private static string Written(IEnumerable<long> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>Opens the door for a new user and tells him so.</summary>
internal sealed class UserWelcome(ICredentials credentials, PasswordLinks links, IMailer mailer, ICurrentUser me)
{
    public async Task PrepareAsync(User user, CancellationToken ct)
    {
        var link = links.Address(user.Id, await credentials.AdmitAsync(user.Id, ct), PasswordLinks.Invitation);
        mailer.Queue(user.Email!, "Mail.Invitation.Subject", "Mail.Invitation.Body", [user.Name, me.Name], link, me.Habits.Language, user.Id);
    }
}
