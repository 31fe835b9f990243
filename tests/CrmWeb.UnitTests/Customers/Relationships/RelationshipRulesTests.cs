using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

public sealed class RelationshipRulesTests
{
    [Fact]
    public void Customers_are_tied_to_customers_and_people_to_people()
    {
        Assert.Empty(new Relationship { CustomerId = 1, Kind = RelationshipKind.PartnerOf, OtherCustomerId = 2 }.Check());
        Assert.Empty(new Relationship { CustomerId = 1, Kind = RelationshipKind.Influences, ContactId = 3, OtherContactId = 4 }.Check());

        Assert.Equal("OtherCustomerId Relationship.NeedsBoth", Said(new() { CustomerId = 1, Kind = RelationshipKind.PartnerOf, ContactId = 3, OtherContactId = 4 }));
        Assert.Equal("OtherContactId Relationship.NeedsBoth", Said(new() { CustomerId = 1, Kind = RelationshipKind.Assists, ContactId = 3 }));
    }

    [Fact]
    public void Nobody_is_tied_to_himself()
    {
        Assert.Equal("OtherCustomerId Relationship.WithItself", Said(new() { CustomerId = 1, Kind = RelationshipKind.PartnerOf, OtherCustomerId = 1 }));
        Assert.Equal("OtherContactId Relationship.WithItself", Said(new() { CustomerId = 1, Kind = RelationshipKind.Assists, ContactId = 3, OtherContactId = 3 }));
    }

    [Fact]
    public void It_does_not_end_before_it_begins() =>
        Assert.Equal("UntilOn Relationship.EndsBeforeStart", Said(new() { CustomerId = 1, Kind = RelationshipKind.PartnerOf, OtherCustomerId = 2, FromOn = new(2026, 3, 2), UntilOn = new(2026, 3, 1) }));

    private static string Said(Relationship relationship) => Assert.Single(relationship.Check()) is var broken ? $"{broken.Property} {broken.Text}" : "";
}
