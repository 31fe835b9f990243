using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

/// <summary>What a person must hold, and how he changes his employer.</summary>
public sealed class ContactRulesTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static readonly Dictionary<string, Action<Contact>> Faults = new(StringComparer.Ordinal)
    {
        ["FamilyName Contact.NeedsName"] = c => c.FamilyName = " ",
        ["Email Error.Email"] = c => c.Email = "ana(at)halden.example",
        ["ReportsToId Contact.OwnBoss"] = c => c.ReportsToId = c.Id,
        ["Tags Error.TooManyTags"] = c => c.Tags = [.. Enumerable.Range(0, CustomerRules.MostTags + 1).Select(n => $"{n}")],
        ["ExternalSource Error.ExternalSource"] = c => c.ExternalId = "42",
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_said_beside_its_field(string fault)
    {
        var contact = Sound();
        Faults[fault](contact);

        var broken = Assert.Single(contact.Check());

        Assert.Equal(fault, $"{broken.Property} {broken.Text}");
    }

    [Fact]
    public void One_name_of_any_kind_is_enough()
    {
        Assert.Empty(new Contact { GivenName = "Ana" }.Check());
        Assert.Empty(new Contact { DisplayName = "阿娜" }.Check());
    }

    [Fact]
    public void A_new_employer_closes_the_time_at_the_former_one()
    {
        var contact = Sound();
        var first = contact.WorkFor(1, Today, current: null)!;

        Assert.Null(contact.WorkFor(1, Today, first));
        var second = contact.WorkFor(2, Today.AddDays(30), first)!;
        Assert.Null(contact.WorkFor(null, Today.AddDays(60), second));

        Assert.Equal((1, Today, Today.AddDays(30)), (first.CustomerId, first.FromOn, first.UntilOn));
        Assert.Equal((2, Today.AddDays(30), Today.AddDays(60)), (second.CustomerId, second.FromOn, second.UntilOn));
        Assert.Null(contact.CustomerId);
    }

    private static Contact Sound()
    {
        var contact = new Contact { FamilyName = "Duarte", Email = "ana@halden.example" };
        contact.Identify(7);
        return contact;
    }
}
