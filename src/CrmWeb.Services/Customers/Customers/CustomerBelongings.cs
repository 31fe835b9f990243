using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What hangs on a customer: it is left as it is when the customer goes into the trash, and found again when he comes back.</summary>
internal sealed class CustomerBelongings(
    IRepository<Contact> contacts, IRepository<Activity> activities, IRepository<Attachment> files, IRepository<Relationship> relationships) : IBelongings
{
    public string Type => nameof(Customer);

    public async Task<ILookup<long, (string Type, int Count)>> CountAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return Array.Empty<(long, string, int)>().ToLookup(c => c.Item1, c => (c.Item2, c.Item3));

        var counts = new List<(long Id, string Type, int Count)>();
        await AddAsync(nameof(Contact), contacts.Query().Where(c => c.CustomerId != null && ids.Contains(c.CustomerId.Value)).GroupBy(c => c.CustomerId!.Value).Select(g => new Number(g.Key, g.Count())));
        await AddAsync(nameof(Activity), activities.Query().Where(a => a.CustomerId != null && ids.Contains(a.CustomerId.Value)).GroupBy(a => a.CustomerId!.Value).Select(g => new Number(g.Key, g.Count())));
        await AddAsync(nameof(Attachment), files.Query().Where(f => f.CustomerId != null && ids.Contains(f.CustomerId.Value)).GroupBy(f => f.CustomerId!.Value).Select(g => new Number(g.Key, g.Count())));
        await AddAsync(nameof(Relationship), relationships.Query().Where(r => ids.Contains(r.CustomerId)).GroupBy(r => r.CustomerId).Select(g => new Number(g.Key, g.Count())));
        return counts.ToLookup(c => c.Id, c => (c.Type, c.Count));

        async Task AddAsync(string type, IQueryable<Number> numbers) => counts.AddRange((await numbers.ToListAsync(ct)).Select(n => (n.Id, type, n.Count)));
    }

    private sealed record Number(long Id, int Count);
}
