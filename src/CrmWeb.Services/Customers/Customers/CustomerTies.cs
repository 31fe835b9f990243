using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What hangs on a customer besides people and work: files, other customers, consents.</summary>
internal sealed class CustomerTies(
    IRepository<Customer> customers, IRepository<Attachment> files, IRepository<Relationship> relationships, IRepository<Consent> consents, ICurrentUser user)
{
    private const int Most = 10;

    public Task<IReadOnlyList<FileRow>> FilesAsync(long id, CancellationToken ct) => files.Query().Where(f => f.CustomerId == id)
        .OrderByDescending(f => f.Id).Select(f => new FileRow(f.Id, f.Version, f.Name, f.Size, f.CreatedAt, f.CreatedById)).Take(Most).ToListAsync(ct);

    /// <summary>The parent, the subsidiaries, and customers tied by a relationship, as far as the viewer may see them.</summary>
    public async Task<IReadOnlyList<CustomerLink>> RelatedAsync(Customer customer, CancellationToken ct)
    {
        var (id, parent) = (customer.Id, customer.ParentId);
        var family = await customers.Query().Where(c => c.ParentId == id || c.Id == parent).OrderBy(c => c.SortKey)
            .Select(c => new CustomerLink(c.Id, c.Name, c.Id == parent ? "Customer.Parent" : "Customer.Subsidiary")).Take(Most).ToListAsync(ct);
        if (!user.Access.May<Relationship>(RecordAction.View))
            return family;

        var visible = customers.Query();
        var tied = await relationships.Query().Where(r => (r.CustomerId == id || r.OtherCustomerId == id) && r.OtherCustomerId != null && r.UntilOn == null)
            .Join(visible, r => r.CustomerId == id ? r.OtherCustomerId : r.CustomerId, c => (long?)c.Id, (r, c) => new { c.Id, c.Name, r.Kind, IsTo = r.CustomerId == id, Tie = r.Id })
            .OrderBy(t => t.Tie).Take(Most).ToListAsync(ct);
        return [.. family, .. tied.Select(t => new CustomerLink(t.Id, t.Name, $"RelationshipKind.{t.Kind}.{(t.IsTo ? "To" : "From")}", t.IsTo ? t.Tie : null))];
    }

    /// <summary>What the customer itself allowed or refused.</summary>
    public Task<IReadOnlyList<ConsentRow>> ConsentsAsync(long id, CancellationToken ct) => consents.Query().Where(c => c.CustomerId == id && c.ContactId == null).PresentAsync(ct);
}
