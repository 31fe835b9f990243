using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Customers;

/// <summary>Dialogs of a customer's page, as they work without script.</summary>
public sealed class CustomerStepsTests(CrmApp app)
{
    [Fact]
    public async Task A_customer_given_to_another_team_is_gone_for_the_giver()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Given Away AB");

        var page = await (await browser.OpenAsync($"/customers/{id}/owner")).SubmitAsync(("OwnerId", Text(People.Other.Id)));

        Assert.Equal("/customers", page.Location);
        Assert.Contains("Owner is now Otto Other.", (await browser.OpenAsync("/customers")).TextOf("#toasts"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/customers/{id}")).Status);
        Assert.Equal("Given Away AB Otto Other", (await (await app.AsAsync(People.Other)).OpenAsync($"/customers/{id}")) is var his ? $"{his.TextOf("h1")[..13]} {his.TextOf(".kv dd")}" : "");
    }

    [Fact]
    public async Task An_owner_that_is_not_there_is_told_beside_the_field()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Kept AB");

        var page = await (await browser.OpenAsync($"/customers/{id}/owner")).SubmitAsync(("OwnerId", "999999"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotEmpty(page.ErrorFor("OwnerId"));
        Assert.Equal("Kept AB", await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == id && c.OwnerId == People.Sales.Id).Select(c => c.Name).SingleAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Consent_and_relationship_are_added_and_shown()
    {
        var browser = await app.AsAsync(People.Sales);
        var (id, other) = (await NewAsync(browser, "Consenting AB"), await NewAsync(browser, "Partner GmbH"));

        var refused = await (await browser.OpenAsync($"/consents/new?customerId={id}")).SubmitAsync(("Evidence", "mail of 3 March"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.NotEmpty(refused.ErrorFor("Source"));
        Assert.Equal("mail of 3 March", refused.Value("Evidence"));
        var saved = await refused.SubmitAsync(("Source", "trade fair"));
        await (await browser.OpenAsync($"/relationships/new?customerId={id}")).SubmitAsync(("Kind", "PartnerOf"), ("OtherCustomerId", Text(other)));

        Assert.Equal($"/customers/{id}", saved.Location);
        var page = await browser.OpenAsync($"/customers/{id}");
        Assert.Contains("trade fair", page.Text, StringComparison.Ordinal);
        Assert.Contains("Partner of Consenting", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.AsAsync(People.Other)).OpenAsync($"/relationships/new?customerId={id}")).Status);
    }

    private static async Task<long> NewAsync(Browser browser, string name) =>
        long.Parse((await browser.PostAsync("/customers", ("Name", name))).Location!.Split('/')[^1], CultureInfo.InvariantCulture);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
