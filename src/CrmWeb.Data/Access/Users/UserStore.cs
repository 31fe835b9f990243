using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

internal sealed class UserStore(CrmDb db) : IUserStore
{
    private const int MostChoices = 500;

    public async Task<User> GetAsync(long id, CancellationToken ct) =>
        await db.Set<User>().AsTracking().Include(u => u.Teams).Include(u => u.Roles).AsSplitQuery()
            .FirstOrDefaultAsync(u => u.Id == id && u.Kind == UserKind.Internal && u.DeletedAt == null, ct)
        ?? throw new RecordNotFoundException(typeof(User), id);

    public async Task<IReadOnlyList<Role>> RolesAsync(CancellationToken ct) =>
        await db.Set<Role>().AsNoTracking().Where(r => r.DeletedAt == null).OrderBy(r => r.Id).ToListAsync(ct);

    public async Task<IReadOnlyList<Choice>> TeamsAsync(CancellationToken ct) =>
        await db.Set<Team>().Where(t => t.DeletedAt == null).OrderBy(t => t.SortKey).ThenBy(t => t.Id).Take(MostChoices).Select(t => new Choice(t.Id, t.Name)).ToListAsync(ct);

    public async Task<IReadOnlyList<Choice>> ManagersAsync(CancellationToken ct) =>
        await db.Set<User>().Where(u => u.IsActive && u.DeletedAt == null && u.Kind == UserKind.Internal)
            .OrderBy(u => u.SortKey).ThenBy(u => u.Id).Take(MostChoices).Select(u => new Choice(u.Id, u.Name)).ToListAsync(ct);

    public Task<bool> HasOtherHolderAsync(long roleId, long exceptUserId, CancellationToken ct) =>
        db.Set<User>().AnyAsync(u => u.Id != exceptUserId && u.IsActive && u.DeletedAt == null && u.Kind == UserKind.Internal && u.Roles.Any(r => r.RoleId == roleId), ct);
}
