using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

/// <summary>What a customer must hold, and which sentence says so beside which field.</summary>
public sealed class CustomerRulesTests
{
    private static readonly Dictionary<string, Action<Customer>> Faults = new(StringComparer.Ordinal)
    {
        ["Name Error.Required"] = c => c.Name = "  ",
        ["Name Error.TooLong"] = c => c.Name = new('x', 201),
        ["Currency Error.Currency"] = c => c.Currency = "E1R",
        ["Email Error.Email"] = c => c.Email = "not a mail",
        ["Website Error.Url"] = c => c.Website = "javascript:alert(1)",
        ["ParentId Customer.OwnParent"] = c => c.ParentId = c.Id,
        ["Roles Customer.NeedsRole"] = c => c.Roles = CustomerRoles.None,
        ["TimeZone Error.TimeZone"] = c => c.TimeZone = "Mars/Base",
        ["Language Error.Language"] = c => c.Language = "klingon",
        ["Tags Error.TooManyTags"] = c => c.Tags = [.. Enumerable.Range(0, CustomerRules.MostTags + 1).Select(n => $"{n}")],
        ["Tags Error.TagTooLong"] = c => c.Tags = [new('x', CustomerRules.LongestTag + 1)],
        ["ExternalSource Error.ExternalSource"] = c => c.ExternalId = "42",
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_said_beside_its_field(string fault)
    {
        var customer = Sound();
        Faults[fault](customer);

        var broken = Assert.Single(customer.Check());

        Assert.Equal(fault, $"{broken.Property} {broken.Text}");
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var customer = Sound();
        foreach (var fault in new[] { "Currency Error.Currency", "Email Error.Email", "Roles Customer.NeedsRole" })
            Faults[fault](customer);

        Assert.Equal(3, customer.Check().Count());
    }

    [Fact]
    public void A_sound_one_has_nothing_to_say() => Assert.Empty(Sound().Check());

    private static Customer Sound()
    {
        var customer = new Customer
        {
            Name = "Halden AB",
            Currency = "SEK",
            Email = "info@halden.example",
            Website = "halden.example",
            TimeZone = "Europe/Stockholm",
            Language = "sv",
            Tags = ["key account"],
        };
        customer.Identify(7);
        return customer;
    }
}
