using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Who may give which role to whom.</summary>
internal static class RoleRules
{
    /// <summary>Whether everything a role allows lies within these rights.</summary>
    public static bool Holds(AccessRights mine, Role role) => mine.Holds(new AccessRights(0, homeTeamId: null, [], [], [role]));

    /// <param name="isOwn">Whether the user changes himself.</param>
    /// <param name="had">Roles of the user until now.</param>
    /// <param name="wanted">Roles he shall have.</param>
    public static IEnumerable<Broken> Check(AccessRights mine, bool isOwn, IReadOnlyCollection<Role> had, IReadOnlyCollection<Role> wanted)
    {
        if (wanted.Count == 0)
            yield return new("User.NeedsRole", "Roles");

        var changed = had.Except(wanted).Concat(wanted.Except(had)).ToList();
        if (isOwn && changed.Count > 0)
            yield return new("User.OwnRoles", "Roles");
        else if (changed.Find(r => !Holds(mine, r)) is { } beyond)
            yield return new("User.RoleBeyond", "Roles", beyond.Name);
    }
}

/// <summary>Holds what an administrator wants to do with a user against the rules.</summary>
internal sealed class UserGuard(IUserStore users, ICurrentUser me)
{
    public void RequireRight() => me.Access.Require(SpecialRight.ManageUsers);

    /// <summary>The roles the current user may give.</summary>
    public async Task<IReadOnlyList<Role>> GrantableAsync(CancellationToken ct)
    {
        RequireRight();
        return [.. (await users.RolesAsync(ct)).Where(r => RoleRules.Holds(me.Access, r))];
    }

    /// <summary>A user to be changed, who may do nothing that the current user may not.</summary>
    public async Task<User> GetAsync(long id, CancellationToken ct)
    {
        RequireRight();
        var user = await users.GetAsync(id, ct);
        var had = Of(user.Roles.Select(r => r.RoleId), await users.RolesAsync(ct));
        Rule.Require(had.All(r => RoleRules.Holds(me.Access, r)), "User.BeyondYours");
        return user;
    }

    /// <exception cref="RuleException">The roles are beyond the current user's rights, his own, or the last administrator's.</exception>
    public async Task RequireRolesAsync(User user, IReadOnlyCollection<long> wanted, CancellationToken ct)
    {
        var all = await users.RolesAsync(ct);
        var (had, next) = (Of(user.Roles.Select(r => r.RoleId), all), Of(wanted, all));
        Rule.Require(next.Count == wanted.Distinct().Count(), "Error.Choose", "Roles");
        Rule.RequireNone(RoleRules.Check(me.Access, user.Id == me.Id, had, next));
        if (!next.Any(IsAdministrator))
            await RequireOtherAdministratorAsync(user, ct);
    }

    /// <exception cref="RuleException">It is the current user himself, or the last administrator.</exception>
    public async Task RequireMayLeaveAsync(User user, CancellationToken ct)
    {
        Rule.Require(user.Id != me.Id, "User.NotYourself");
        await RequireOtherAdministratorAsync(user, ct);
    }

    /// <exception cref="RuleException">One of them is the current user, and he is no administrator: another team may be another reach.</exception>
    public async Task RequireMayMoveAsync(IReadOnlyList<User> people, CancellationToken ct)
    {
        if (people.FirstOrDefault(u => u.Id == me.Id) is { } own)
            Rule.Require(Of(own.Roles.Select(r => r.RoleId), await users.RolesAsync(ct)).Any(IsAdministrator), "User.OwnTeam", nameof(User.HomeTeamId));
    }

    private async Task RequireOtherAdministratorAsync(User user, CancellationToken ct)
    {
        var role = (await users.RolesAsync(ct)).FirstOrDefault(IsAdministrator);
        var isAdministrator = role is not null && user.IsActive && user.Roles.Any(r => r.RoleId == role.Id);
        Rule.Require(!isAdministrator || await users.HasOtherHolderAsync(role!.Id, user.Id, ct), "User.LastAdministrator", "Roles");
    }

    private static bool IsAdministrator(Role role) => role.BuiltIn == BuiltInRoles.Administrator;

    private static List<Role> Of(IEnumerable<long> ids, IReadOnlyList<Role> all)
    {
        var wanted = ids.ToHashSet();
        return [.. all.Where(r => wanted.Contains(r.Id))];
    }
}
