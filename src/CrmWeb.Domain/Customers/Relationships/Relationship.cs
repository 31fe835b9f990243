using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>How two customers, or two people, stand to each other: "is distributor of", "influences".</summary>
public sealed class Relationship : Record, IScoped
{
    public RelationshipKind Kind { get; set; }
    public long CustomerId { get; set; }
    public Customer? Customer { get; private set; }
    public long? OtherCustomerId { get; set; }
    public Customer? OtherCustomer { get; private set; }
    public long? ContactId { get; set; }
    public long? OtherContactId { get; set; }
    public DateOnly? FromOn { get; set; }
    public DateOnly? UntilOn { get; set; }

    [MaxLength(300)]
    public string? Note { get; set => field = Clean(value); }

    public long? ScopeOwnerId { get; private set; }
    public long? ScopeTeamId { get; private set; }
    public long? ScopeRecordId => CustomerId;

    public override string Title => Kind.ToString();

    public void ScopeTo(long? ownerId, long? teamId) => (ScopeOwnerId, ScopeTeamId) = (ownerId, teamId);

    public override IEnumerable<Broken> Check()
    {
        foreach (var broken in base.Check())
            yield return broken;
        if (IsBetweenPeople(Kind) ? ContactId is null || OtherContactId is null : OtherCustomerId is null)
            yield return new("Relationship.NeedsBoth", IsBetweenPeople(Kind) ? nameof(OtherContactId) : nameof(OtherCustomerId));
        if (OtherCustomerId == CustomerId || (ContactId is not null && ContactId == OtherContactId))
            yield return new("Relationship.WithItself", IsBetweenPeople(Kind) ? nameof(OtherContactId) : nameof(OtherCustomerId));
        if (UntilOn < FromOn)
            yield return new("Relationship.EndsBeforeStart", nameof(UntilOn));
    }

    /// <summary>Whether the kind links contacts rather than customers.</summary>
    public static bool IsBetweenPeople(RelationshipKind kind) => kind is RelationshipKind.Influences or RelationshipKind.Assists;
}

public enum RelationshipKind { DistributorOf, PartnerOf, SupplierOf, SubsidiaryOf, RefersTo, Influences, Assists }
