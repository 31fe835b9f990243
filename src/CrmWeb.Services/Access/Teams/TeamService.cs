using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>What administrators do with teams.</summary>
public interface ITeamService
{
    /// <summary>All teams, each right after the one it is part of, brothers by name.</summary>
    Task<IReadOnlyList<TeamNode>> TreeAsync(CancellationToken ct);

    Task<TeamDetails> ShowAsync(long id, CancellationToken ct);

    /// <returns>Its id.</returns>
    Task<long> CreateAsync(TeamInput input, CancellationToken ct);

    /// <summary>Renames a team, or moves it with all below it; what people see of it follows at their next request.</summary>
    /// <exception cref="RuleException">It would lie below itself, or the current user would see more than before.</exception>
    Task EditAsync(long id, Guid version, TeamInput input, CancellationToken ct);

    /// <exception cref="RuleException">It has people, teams or customers.</exception>
    Task DeleteAsync(long id, Guid version, CancellationToken ct);
}

/// <param name="Depth">0 at the top.</param>
/// <param name="People">Active people in it.</param>
public sealed record TeamNode(long Id, string Name, long? ParentId, int Depth, int People);

/// <param name="Parents">Teams it may be moved to: not itself, nor one below it.</param>
public sealed record TeamDetails(long Id, Guid Version, TeamInput Input, IReadOnlyList<TeamMember> Members, IReadOnlyList<TeamNode> Parents, bool IsEmpty);

/// <param name="IsHome">Records given to him belong to this team.</param>
public sealed record TeamMember(long Id, string Name, string? JobTitle, bool IsHome, bool IsActive, long? ManagerId, string? Manager);

public sealed record TeamInput(string Name, long? ParentId);

internal sealed class TeamService(IRepository<Team> teams, ITeamStore store, TeamGuard guard, IUnitOfWork work, TimeProvider clock) : ITeamService
{
    private const int MostMembers = 500;

    public async Task<IReadOnlyList<TeamNode>> TreeAsync(CancellationToken ct)
    {
        guard.RequireRight();
        var people = await store.CountsAsync(ct);
        return TeamTree.Of([.. (await AllAsync(ct)).Select(t => new TeamNode(t.Id, t.Name, t.ParentId, 0, people.GetValueOrDefault(t.Id)))]);
    }

    public async Task<TeamDetails> ShowAsync(long id, CancellationToken ct)
    {
        guard.RequireRight();
        var team = await teams.ReadAsync(id, RecordAction.View, t => t, ct);
        var (tree, members) = (await TreeAsync(ct), await store.MembersAsync(id, MostMembers, ct));
        var below = Below(id, tree.ToDictionary(t => t.Id, t => t.ParentId));
        return new(id, team.Version, new(team.Name, team.ParentId), members, [.. tree.Where(t => !below.Contains(t.Id))], await store.UseAsync(id, ct) is null);
    }

    public async Task<long> CreateAsync(TeamInput input, CancellationToken ct)
    {
        guard.RequireRight();
        var team = new Team { Name = input.Name, ParentId = input.ParentId };
        Rule.RequireNone([.. team.Check(), .. guard.CheckPlace(team, input.ParentId, Parents(await AllAsync(ct)))]);

        teams.Add(team);
        await work.SaveAsync(ct);
        return team.Id;
    }

    public async Task EditAsync(long id, Guid version, TeamInput input, CancellationToken ct)
    {
        guard.RequireRight();
        var team = await teams.GetAsync(id, RecordAction.Edit, version, ct);
        Rule.RequireNone([.. new Team { Name = input.Name }.Check(), .. input.ParentId == team.ParentId ? [] : guard.CheckPlace(team, input.ParentId, Parents(await AllAsync(ct)))]);

        (team.Name, team.ParentId) = (input.Name, input.ParentId);
        await work.SaveAsync(ct);
    }

    public async Task DeleteAsync(long id, Guid version, CancellationToken ct)
    {
        guard.RequireRight();
        var team = await teams.GetAsync(id, RecordAction.Delete, version, ct);
        var use = await store.UseAsync(id, ct);
        Rule.Require(use is null, $"Team.Has{use}");

        team.Delete(clock.GetUtcNow().UtcDateTime, guard.UserId);
        await work.SaveAsync(ct);
    }

    private Task<IReadOnlyList<Team>> AllAsync(CancellationToken ct) => teams.Query().OrderBy(t => t.SortKey).ThenBy(t => t.Id).ToListAsync(ct);

    private static Dictionary<long, long?> Parents(IEnumerable<Team> all) => all.ToDictionary(t => t.Id, t => t.ParentId);

    private static IReadOnlySet<long> Below(long id, Dictionary<long, long?> parents) => Team.Subtree(parents, [id]);
}

/// <summary>Holds a place in the tree against the rules, and against what its mover may see.</summary>
internal sealed class TeamGuard(ICurrentUser me)
{
    public long? UserId => me.Id;

    public void RequireRight() => me.Access.Require(SpecialRight.ManageUsers);

    /// <param name="parents">Team id → parent id, of all teams as they are.</param>
    public IEnumerable<Broken> CheckPlace(Team team, long? parentId, Dictionary<long, long?> parents)
    {
        if (parentId is not { } parent)
            yield break;
        if (!parents.ContainsKey(parent))
            yield return new("Error.Choose", nameof(Team.ParentId));
        else if (team.Id != 0 && Team.Subtree(parents, [team.Id]).Contains(parent))
            yield return new("Team.Circle", nameof(Team.ParentId));
        else if (team.Id != 0 && me.Access.FollowsTeams && me.Access.Subtree.Contains(parent) && !me.Access.Subtree.Contains(team.Id))
            yield return new("Team.Beyond", nameof(Team.ParentId)); // he would see its records from now on
    }
}

/// <summary>Brings teams into the order of their tree.</summary>
internal static class TeamTree
{
    /// <param name="teams">By name.</param>
    /// <remarks>Two who move two teams at once can close a circle; its teams are shown at the top, so that one of them can be moved out again.</remarks>
    public static IReadOnlyList<TeamNode> Of(IReadOnlyList<TeamNode> teams)
    {
        var (below, ids) = (teams.ToLookup(t => t.ParentId), teams.Select(t => t.Id).ToHashSet());
        var (ordered, placed) = (new List<TeamNode>(), new HashSet<long>());
        foreach (var top in teams.Where(t => t.ParentId is not { } parent || !ids.Contains(parent)).Concat(teams))
            Place(top, depth: 0);
        return ordered;

        void Place(TeamNode team, int depth)
        {
            if (!placed.Add(team.Id))
                return;
            ordered.Add(team with { Depth = depth });
            foreach (var child in below[team.Id])
                Place(child, depth + 1);
        }
    }
}
