using System.Net;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Customers;

/// <summary>Further addresses in the form, on the page and edited where they stand, as they work without script.</summary>
public sealed class FurtherAddressesTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_typed_in_boxes_and_read_on_the_page()
    {
        var form = await (await app.AsAsync(People.Sales)).OpenAsync("/customers/new");

        var saved = await form.SubmitAsync([("Name", "Two Places AB"), .. Typed("Shipping", " Kajen 4 ", "Göteborg", "", "411 01", "Sweden"), .. Typed("Office", "", "", "", "", ""), .. Typed("Warehouse", "", "Suzhou", "", "", "中国")]);
        var page = await (await app.AsAsync(People.Sales)).OpenAsync(saved.Location!);

        Assert.Equal([new(AddressKind.Shipping, "Kajen 4", "Göteborg", null, "411 01", "SE"), new(AddressKind.Warehouse, null, "Suzhou", null, null, "CN")], await StoredAsync("Two Places AB"));
        Assert.Contains("Shipping: Kajen 4, 411 01 Göteborg, Sweden", page.Text, StringComparison.Ordinal);
        Assert.Contains("Warehouse: China, Suzhou", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_them_and_all_that_was_typed_stays()
    {
        var form = await (await app.AsAsync(People.Sales)).OpenAsync("/customers/new");

        var refused = await form.SubmitAsync([("Name", "Wrong Places AB"), .. Typed("Home", "A", "", "", "", ""), .. Typed("Factory", "B|C", "D", "E", "F", "G")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Address 2: leave out vertical bars, semicolons and line breaks in Street.", refused.ErrorFor("OtherAddresses"));
        Assert.Equal(["Home", "A", "", "", "", "", "Factory", "B|C", "D", "E", "F", "G"], Boxes(refused));
    }

    [Fact]
    public async Task In_place_one_is_changed_and_one_taken_away()
    {
        var customer = new Customer { Name = "Moving AB", OtherAddresses = [new(AddressKind.Home, "A", null, null, null, "SE"), new(AddressKind.Office, "B", null, null, null, null)] };
        customer.Assign(People.Sales.Id, People.Sales.HomeTeamId);
        await app.AddAsync(customer);
        var form = await (await app.AsAsync(People.Sales)).OpenAsync($"/customers/{customer.Id}/fields/otherAddresses");
        Assert.Equal(["Home", "A", "", "", "", "Sweden", "Office", "B", "", "", "", ""], Boxes(form));

        await form.SubmitAsync("form.inline-form", [.. Typed("", "A", "", "", "", "Sweden"), .. Typed("Factory", "B", "Lund", "", "", "")]);

        Assert.Equal([new(AddressKind.Factory, "B", "Lund", null, null, null)], await StoredAsync("Moving AB"));
    }

    [Theory]
    [InlineData("Castle", "A")]
    [InlineData("3", "A")]
    public async Task A_kind_that_there_is_not_is_refused(string kind, string street)
    {
        var answer = await (await app.AsAsync(People.Sales)).PostAsync("/customers", [("Name", "Hostile Places AB"), .. Typed(kind, street, "", "", "", "")]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, $"“{kind}” is not one of the choices."), (answer.Status, answer.ErrorFor("OtherAddresses")));
    }

    [Fact]
    public async Task Half_an_address_is_read_as_far_as_it_goes()
    {
        await (await app.AsAsync(People.Sales)).PostAsync("/customers", ("Name", "Half Place AB"), ("OtherAddresses", "Home"), ("OtherAddresses", "A"));

        Assert.Equal([new(AddressKind.Home, "A", null, null, null, null)], await StoredAsync("Half Place AB"));
    }

    private static (string, string)[] Typed(params string[] boxes) => [.. boxes.Select(b => ("OtherAddresses", b))];

    /// <summary>What the boxes of all addresses hold, those for new ones aside.</summary>
    private static IEnumerable<string> Boxes(Page page) => page.Document.QuerySelectorAll(".address:not(.blank) [name=OtherAddresses]")
        .Select(e => e is AngleSharp.Html.Dom.IHtmlSelectElement select ? select.Value ?? "" : ((AngleSharp.Html.Dom.IHtmlInputElement)e).Value);

    private Task<IReadOnlyList<Address>> StoredAsync(string name) => app.ReadAsync(db => db.Set<Customer>().Where(c => c.Name == name).Select(c => c.OtherAddresses).SingleAsync(Ct));
}
