using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

internal sealed class TeamStore(CrmDb db) : ITeamStore
{
    public async Task<IReadOnlyDictionary<long, int>> CountsAsync(CancellationToken ct)
    {
        var active = db.Set<User>().ActiveStaff;
        return await db.Set<TeamMembership>().Where(m => active.Any(u => u.Id == m.UserId)).GroupBy(m => m.TeamId)
            .Select(g => new { g.Key, People = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.People, ct);
    }

    public async Task<IReadOnlyList<TeamMember>> MembersAsync(long teamId, int limit, CancellationToken ct)
    {
        var staff = db.Set<User>().Staff;
        return await staff.Where(u => u.Teams.Any(m => m.TeamId == teamId)).OrderByDescending(u => u.IsActive).ThenBy(u => u.SortKey).ThenBy(u => u.Id).Take(limit)
            .Select(u => new TeamMember(u.Id, u.Name, u.JobTitle, u.HomeTeamId == teamId, u.IsActive, u.ManagerId, staff.Where(m => m.Id == u.ManagerId).Select(m => m.Name).FirstOrDefault())).ToListAsync(ct);
    }

    public async Task<TeamUse?> UseAsync(long teamId, CancellationToken ct)
    {
        if (await db.Set<TeamMembership>().AnyAsync(m => m.TeamId == teamId, ct) || await db.Set<User>().AnyAsync(u => u.HomeTeamId == teamId, ct))
            return TeamUse.People;
        if (await db.Set<Team>().AnyAsync(t => t.ParentId == teamId && t.DeletedAt == null, ct))
            return TeamUse.Teams;
        if (await db.Set<CustomerShare>().AnyAsync(s => s.RecipientId == teamId, ct))
            return TeamUse.Shares;
        return await db.Set<Customer>().AnyAsync(c => c.OwnerTeamId == teamId, ct) ? TeamUse.Customers : null;
    }
}
