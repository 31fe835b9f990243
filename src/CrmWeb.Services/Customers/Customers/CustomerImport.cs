using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Bringing in customers.</summary>
internal sealed class CustomerImport(IRepository<Customer> customers, IRepository<Domain.Access.User> users, ICurrentUser user) : IImportHooks<Customer>
{
    private const int DeepestChain = 50;
    private readonly Dictionary<long, long?> homeTeams = [];

    public void Normalize(Customer record, FieldValues values) => CustomerHooks.Normalize(record);

    public void Prepare(Customer record, FieldValues values, bool isNew, IBulkWriter bulk)
    {
        CustomerHooks.Normalize(record);
        if (!isNew)
            return;
        if (values.GetValueOrDefault("owner") is long owner && owner != user.Id)
            record.Assign(owner, HomeTeam(owner));
        else if (user.Id != Domain.Access.User.SystemId)
            record.Assign(user.Id, user.Access.HomeTeamId);
    }

    public async Task<bool> MayTieAsync(long id, long otherId, CancellationToken ct)
    {
        long? above = otherId;
        for (var step = 0; above is { } current && step < DeepestChain; step++)
        {
            if (current == id)
                return false;
            above = await customers.Query().Where(c => c.Id == current).Select(c => c.ParentId).FirstOrDefaultAsync(ct);
        }
        return above is null;
    }

    private long? HomeTeam(long owner)
    {
        if (!homeTeams.TryGetValue(owner, out var team))
            homeTeams[owner] = team = users.Query().Where(u => u.Id == owner).Select(u => u.HomeTeamId).FirstOrDefault();
        return team;
    }
}
