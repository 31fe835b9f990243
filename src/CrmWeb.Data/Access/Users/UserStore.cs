using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

internal sealed class UserStore(CrmDb db, SavePipeline pipeline) : IUserStore
{
    private const int MostChoices = 500;

    public async Task<User> GetAsync(long id, CancellationToken ct) =>
        await db.Set<User>().Staff.AsTracking().Include(u => u.Teams).Include(u => u.Roles).AsSplitQuery()
            .FirstOrDefaultAsync(u => u.Id == id, ct)
        ?? throw new RecordNotFoundException(typeof(User), id);

    public async Task<IReadOnlyList<Role>> RolesAsync(CancellationToken ct) =>
        await db.Set<Role>().AsNoTracking().Where(r => r.DeletedAt == null).OrderBy(r => r.Id).ToListAsync(ct);

    public async Task<IReadOnlyList<Choice>> TeamsAsync(CancellationToken ct) =>
        await db.Set<Team>().Where(t => t.DeletedAt == null).OrderBy(t => t.SortKey).ThenBy(t => t.Id).Take(MostChoices).Select(t => new Choice(t.Id, t.Name)).ToListAsync(ct);

    public async Task<IReadOnlyList<Choice>> ManagersAsync(CancellationToken ct) =>
        await db.Set<User>().ActiveStaff.OrderBy(u => u.SortKey).ThenBy(u => u.Id).Take(MostChoices).Select(u => new Choice(u.Id, u.Name)).ToListAsync(ct);

    public async Task SaveAsync(CancellationToken ct)
    {
        pipeline.Reserve(db);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Everybody who changes users passes the same row first: who comes second reads what the first has left.
        var role = db.Set<Role>().Where(r => r.BuiltIn == BuiltInRoles.Administrator);
        await role.ExecuteUpdateAsync(s => s.SetProperty(r => r.BuiltIn, r => r.BuiltIn), ct);
        var before = await Holders(role).AnyAsync(ct);
        await db.SaveAsync(ct);
        if (before && !await Holders(role).AnyAsync(ct))
        {
            db.Forget();
            throw new RuleException([new("User.LastAdministrator", "Roles")]);
        }
        await transaction.CommitAsync(ct);
    }

    private IQueryable<User> Holders(IQueryable<Role> roles) =>
        db.Set<User>().ActiveStaff.Where(u => u.Roles.Any(h => roles.Any(r => r.Id == h.RoleId)));

    public Task<bool> HasOtherHolderAsync(long roleId, long exceptUserId, CancellationToken ct) =>
        db.Set<User>().ActiveStaff.AnyAsync(u => u.Id != exceptUserId && u.Roles.Any(r => r.RoleId == roleId), ct);
}
