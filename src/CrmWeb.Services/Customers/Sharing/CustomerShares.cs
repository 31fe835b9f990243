using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Counts what is shared with somebody, whoever shared it.</summary>
public interface IShareStore
{
    Task<int> CountAsync(long recipientId, CancellationToken ct);
}

/// <summary>One whom a customer is shared with.</summary>
/// <param name="Name">Null when he is not there any more.</param>
public sealed record ShareRow(long RecipientId, bool IsTeam, string? Name, bool MayEdit);

/// <summary>Whom a customer is shared with, for those who may share it.</summary>
internal sealed class CustomerShares(IRepository<Customer> customers, ISearchService search)
{
    public async Task<IReadOnlyList<ShareRow>> OfAsync(long customerId, CancellationToken ct)
    {
        var shares = await customers.Parts<CustomerShare>(customerId).OrderBy(s => s.RecipientId).Select(s => new { s.RecipientId, s.IsTeam, s.MayEdit }).Take(CustomerShare.MostOfCustomer).ToListAsync(ct);
        if (shares.Count == 0)
            return [];

        var names = new Dictionary<long, string>();
        foreach (var (type, ids) in new[] { (nameof(User), shares.Where(s => !s.IsTeam)), (nameof(Team), shares.Where(s => s.IsTeam)) })
        {
            foreach (var (id, name) in ids.Any() ? await search.TitlesAsync(type, [.. ids.Select(s => s.RecipientId)], ct) : new Dictionary<long, string>())
                names[id] = name;
        }
        return [.. shares.Select(s => new ShareRow(s.RecipientId, s.IsTeam, names.GetValueOrDefault(s.RecipientId), s.MayEdit)).OrderByDescending(r => r.IsTeam).ThenBy(r => r.Name, StringComparer.CurrentCulture)];
    }
}

/// <summary>Whom a customer can be shared with.</summary>
internal sealed class SharePeople(IRepository<User> users, IRepository<Team> teams, IShareStore store)
{
    private const int MostTeams = 500;

    public async Task<IReadOnlyList<(long Id, string Name)>> TeamsAsync(CancellationToken ct) =>
        [.. (await teams.Query().OrderBy(t => t.SortKey).ThenBy(t => t.Id).Select(t => new { t.Id, t.Name }).Take(MostTeams).ToListAsync(ct)).Select(t => (t.Id, t.Name))];

    /// <summary>What an active colleague or a team is called; null when there is none.</summary>
    public async Task<string?> NameAsync(long? userId, long? teamId, CancellationToken ct) => userId is { } user
        ? await users.Query().ActiveStaff.Where(u => u.Id == user).Select(u => u.Name).FirstOrDefaultAsync(ct)
        : await teams.Query().Where(t => t.Id == teamId).Select(t => t.Name).FirstOrDefaultAsync(ct);

    public Task<int> CountAsync(long recipientId, CancellationToken ct) => store.CountAsync(recipientId, ct);
}
