using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

internal sealed class RoleStore(CrmDb db, RecordCatalogue catalogue) : IRoleStore
{
    public async Task<IReadOnlyDictionary<long, int>> CountsAsync(CancellationToken ct)
    {
        var active = db.Set<User>().ActiveStaff;
        return await db.Set<UserRole>().Where(h => active.Any(u => u.Id == h.UserId)).GroupBy(h => h.RoleId)
            .Select(g => new { g.Key, People = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.People, ct);
    }

    public async Task<IReadOnlyList<RoleHolder>> HoldersAsync(long roleId, int limit, CancellationToken ct)
    {
        var people = await db.Set<User>().Staff.Where(u => u.Roles.Any(r => r.RoleId == roleId))
            .OrderByDescending(u => u.IsActive).ThenBy(u => u.SortKey).ThenBy(u => u.Id).Take(limit).Select(u => new { u.Id, u.Name, u.IsActive }).ToListAsync(ct);
        var ids = people.Select(p => p.Id).ToList();
        var roles = (await db.Set<UserRole>().Where(h => ids.Contains(h.UserId)).Select(h => new { h.UserId, h.RoleId }).ToListAsync(ct)).ToLookup(h => h.UserId, h => h.RoleId);
        return [.. people.Select(p => new RoleHolder(p.Id, p.Name, p.IsActive, [.. roles[p.Id]]))];
    }

    public Task<int> SeenAsync(string type, AccessRights access, int ceiling, CancellationToken ct) => catalogue[type].Accept(new Counter(db, access, ceiling, ct));

    private sealed class Counter(CrmDb db, AccessRights access, int ceiling, CancellationToken ct) : IRecordTypeVisitor<Task<int>>
    {
        public Task<int> Visit<T>(RecordType<T> type) where T : Record =>
            db.Set<T>().Where(r => r.DeletedAt == null).Within(access, RecordAction.View).Take(ceiling).CountAsync(ct);
    }
}
