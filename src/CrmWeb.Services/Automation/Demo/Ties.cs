using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Automation;

/// <summary>How customers and people stand to each other, and what people allowed.</summary>
internal static class Ties
{
    public static void Relate(IPastWriter writer, Story story, long otherId)
    {
        var kind = story.Customer.Roles switch
        {
            CustomerRoles.Distributor => RelationshipKind.DistributorOf,
            CustomerRoles.Supplier => RelationshipKind.SupplierOf,
            _ => story.Dice.OneOf(RelationshipKind.RefersTo, RelationshipKind.PartnerOf, RelationshipKind.SupplierOf),
        };
        writer.Add(new Relationship { Kind = kind, CustomerId = story.Customer.Id, OtherCustomerId = otherId, FromOn = story.Entered }, story.EnteredAt, story.Seller.Id);
    }

    public static void Influence(IPastWriter writer, Story story) => writer.Add(
        new Relationship
        {
            Kind = story.Dice.OneOf(RelationshipKind.Influences, RelationshipKind.Assists),
            CustomerId = story.Customer.Id,
            ContactId = story.People[1].Id,
            OtherContactId = story.People[0].Id,
        },
        story.EnteredAt, story.Seller.Id);

    /// <summary>Marketing by mail: asked for, granted, sometimes taken back. Data processing stands in the contract.</summary>
    public static void Ask(IPastWriter writer, Story story, Contact contact, DemoDays days, Depth depth)
    {
        var dice = story.Dice;
        if (contact.Email is null || !dice.Chance(depth == Depth.Full ? 45 : 15))
            return;

        var first = days.Past(story.Entered.AddDays(dice.Next(Math.Max(1, days.Today.DayNumber - story.Entered.DayNumber))), story.Zone, dice);
        var granted = first > story.EnteredAt ? first : story.EnteredAt;
        var state = dice.Next(10) switch { < 7 => ConsentState.Granted, < 9 => ConsentState.Withdrawn, _ => ConsentState.Pending };
        Add(ConsentPurpose.Marketing, LawfulBasis.Consent, state == ConsentState.Pending ? state : ConsentState.Granted, dice.OneOf("Web form", "Fair", "Phone call"), granted);
        if (state == ConsentState.Withdrawn && DateOnly.FromDateTime(granted).AddDays(40) < days.Today)
            Add(ConsentPurpose.Marketing, LawfulBasis.Consent, state, "Unsubscribe link", granted.AddDays(dice.Between(10, 40)));
        if (story.Customer.CustomerSince is { } since && dice.Chance(30))
            Add(ConsentPurpose.DataProcessing, LawfulBasis.Contract, ConsentState.Granted, "Contract", since);

        void Add(ConsentPurpose purpose, LawfulBasis basis, ConsentState what, string source, DateTime at) => writer.Add(
            new Consent { CustomerId = story.Customer.Id, ContactId = contact.Id, Purpose = purpose, Channel = Channel.Email, Basis = basis, State = what, Source = source, At = at }, at, story.Seller.Id);
    }
}
