using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

internal sealed class SetupStore(CrmDb db) : ISetupStore
{
    public Task<bool> AnyoneSignsInAsync(CancellationToken ct) => db.Set<User>().ActiveStaff
        .Join(db.Set<Login>().Where(l => l.PasswordHash != null), u => u.Id, l => l.Id, (u, _) => u.Id).AnyAsync(ct);

    public Task<Organisation?> OrganisationAsync(CancellationToken ct) => db.Set<Organisation>().AsTracking().OrderBy(o => o.Id).FirstOrDefaultAsync(ct);

    public void Add(Organisation organisation)
    {
        organisation.Identify(Organisation.TheId);
        db.Add(organisation);
    }

    public Task<long> AdministratorRoleAsync(CancellationToken ct) => db.Set<Role>().Where(r => r.BuiltIn == BuiltInRoles.Administrator).Select(r => r.Id).FirstOrDefaultAsync(ct);
}
