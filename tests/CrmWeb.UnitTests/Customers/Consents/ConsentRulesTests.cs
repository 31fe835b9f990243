using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

public sealed class ConsentRulesTests
{
    [Fact]
    public void It_is_somebodys_and_says_where_it_comes_from()
    {
        Assert.Empty(new Consent { CustomerId = 1, Source = "On the phone" }.Check());
        Assert.Empty(new Consent { ContactId = 1, Source = "On the phone" }.Check());

        Assert.Equal(["Source Error.Required", "ContactId Consent.NeedsPerson"], new Consent().Check().Select(b => $"{b.Property} {b.Text}"));
    }
}
