using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.UnitTests.Common;

/// <summary>Further addresses are written one a line, and come back as they were.</summary>
public sealed class AddressTests
{
    private static readonly CustomerType Customers = new();

    [Theory]
    [InlineData("Shipping | Storgatan 2 | Göteborg | Västra Götaland | 411 01 | SE", "Shipping | Storgatan 2 | Göteborg | Västra Götaland | 411 01 | SE")]
    [InlineData("warehouse|Kajen 4||| 11122", "Warehouse | Kajen 4 |  |  | 11122")]
    [InlineData("Office | 1 Main St | Boston; Home | | Salem", "Office | 1 Main St | Boston\nHome |  | Salem")]
    [InlineData("Factory |  | \r\n\r\n", null)]
    public void Lines_are_read_and_written(string typed, string? written)
    {
        var field = Customers.Find("otherAddresses")!;

        var read = FieldText.Read(field, typed);

        Assert.Equal(written, FieldText.Write(read));
        Assert.Equal(read, FieldText.Read(field, FieldText.Write(read)));
    }

    [Theory]
    [InlineData("Storgatan 2, Göteborg")]
    [InlineData("1 | Storgatan 2")]
    [InlineData("Office | a | b | c | d | e | f")]
    public void What_names_no_kind_or_too_many_parts_is_refused_by_its_line(string line)
    {
        var (_, broken) = FieldInput.Parse(Customers.Find("otherAddresses")!, $"Home | Storgatan 1\n{line}", Habits.Neutral, new(2026, 3, 2));

        Assert.Equal(("Error.AddressLine", nameof(Customer.OtherAddresses), line), (broken!.Text, broken.Property, broken.Values[0]));
    }

    [Fact]
    public void An_address_without_any_part_is_none()
    {
        Assert.Null(Address.Of(AddressKind.Office, ["", null, " "]));
    }

    [Fact]
    public void Each_part_has_its_own_length()
    {
        Assert.Equal(
            [("Error.AddressTooLong", 2, AddressPart.PostalCode, 20), ("Error.AddressTooLong", 2, AddressPart.Country, 60)],
            Check(new(AddressKind.Home, "x", null, null, null, null), new(AddressKind.Office, new('x', 200), new('x', 100), new('x', 100), new('x', 21), new('x', 61)))
                .Select(b => (b.Text, (int)b.Values[0], (AddressPart)b.Values[1], (int)b.Values[2])));
    }

    [Theory]
    [InlineData("a|b")]
    [InlineData("a;b")]
    [InlineData("a\nb")]
    public void Signs_that_part_addresses_stand_in_none(string street)
    {
        var broken = Assert.Single(Check(new Address(AddressKind.Home, street, null, null, null, null)));

        Assert.Equal(("Error.AddressSign", nameof(Customer.OtherAddresses)), (broken.Text, broken.Property));
    }

    [Fact]
    public void There_are_at_most_twenty()
    {
        var many = Enumerable.Range(1, 21).Select(i => new Address(AddressKind.Office, $"Street {i}", null, null, null, null)).ToArray();

        Assert.Equal("Error.TooManyReaches", Assert.Single(Check(many)).Text);
        Assert.Empty(Check(many[1..]));
    }

    private static IReadOnlyList<Broken> Check(params Address[] addresses) => new FieldValues { ["name"] = "Halden", ["otherAddresses"] = addresses }.CheckOn(Customers, new Customer());
}
