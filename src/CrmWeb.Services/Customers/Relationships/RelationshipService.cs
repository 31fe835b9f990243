using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>How customers stand to each other.</summary>
public interface IRelationshipService
{
    /// <summary>Ties a customer to another one the user may see.</summary>
    /// <exception cref="RuleException">With everything that is wrong, each beside its property.</exception>
    /// <returns>Id of the tie.</returns>
    Task<long> AddAsync(AddRelationship input, CancellationToken ct);

    /// <summary>Ends it today; it stays in the history.</summary>
    /// <exception cref="AccessDeniedException">The user may see the customer, not change it.</exception>
    Task EndAsync(long id, CancellationToken ct);
}

public sealed record AddRelationship(long CustomerId, RelationshipKind Kind, long? OtherCustomerId, DateOnly? FromOn, string? Note);

internal sealed class RelationshipService(
    IRepository<Relationship> relationships, IRepository<Customer> customers, IUnitOfWork work, ICurrentUser user, TimeProvider clock) : IRelationshipService
{
    public async Task<long> AddAsync(AddRelationship input, CancellationToken ct)
    {
        await customers.ReadAsync(input.CustomerId, RecordAction.Edit, c => c.Id, ct);
        var relationship = new Relationship { CustomerId = input.CustomerId, Kind = input.Kind, OtherCustomerId = input.OtherCustomerId, FromOn = input.FromOn, Note = input.Note };
        var broken = relationship.Check().ToList();
        if (input.OtherCustomerId is { } other && !await customers.Query().Where(c => c.Id == other).Select(c => c.Id).AnyAsync(ct))
            broken.Add(new("Error.ReferenceNotFound", nameof(input.OtherCustomerId)));
        else if (await IsKnownAsync(input, ct))
            broken.Add(new("Relationship.Known", nameof(input.OtherCustomerId)));
        Rule.RequireNone(broken);

        relationships.Add(relationship);
        await work.SaveAsync(ct);
        return relationship.Id;
    }

    public async Task EndAsync(long id, CancellationToken ct)
    {
        var relationship = await relationships.GetAsync(id, RecordAction.Edit, ct);
        if (relationship.UntilOn is not null)
            return;

        var today = user.Habits.Today(clock);
        relationship.UntilOn = relationship.FromOn > today ? relationship.FromOn : today;
        await work.SaveAsync(ct);
    }

    /// <summary>Ties of the past may come again.</summary>
    private async Task<bool> IsKnownAsync(AddRelationship input, CancellationToken ct)
    {
        var (customer, other, kind) = (input.CustomerId, input.OtherCustomerId, input.Kind);
        var ends = await relationships.Query().Where(r => r.CustomerId == customer && r.OtherCustomerId == other && r.Kind == kind)
            .OrderByDescending(r => r.Id).Select(r => r.UntilOn).Take(1).ToListAsync(ct);
        return ends is [null];
    }
}
