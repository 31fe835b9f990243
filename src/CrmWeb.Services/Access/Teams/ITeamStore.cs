namespace CrmWeb.Services.Access;

/// <summary>Who is in which team, and what hangs on it.</summary>
public interface ITeamStore
{
    /// <summary>Team id → number of active people in it; an empty team is not in it.</summary>
    Task<IReadOnlyDictionary<long, int>> CountsAsync(CancellationToken ct);

    /// <summary>People of a team by name, the active ones first, each with his manager.</summary>
    Task<IReadOnlyList<TeamMember>> MembersAsync(long teamId, int limit, CancellationToken ct);

    /// <summary>What a team is still needed for; null when nothing.</summary>
    Task<TeamUse?> UseAsync(long teamId, CancellationToken ct);
}

public enum TeamUse { People, Teams, Shares, Customers }
