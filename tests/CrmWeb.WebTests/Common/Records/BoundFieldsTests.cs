using System.Globalization;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Records;

/// <summary>Who adds fields to a form by hand adds nothing to its record.</summary>
public sealed class BoundFieldsTests(CrmApp app)
{
    private static readonly (string Field, string Value)[] Smuggled =
    [
        ("Id", "5"), ("Number", "C-1999-00001"), ("CreatedById", "1"), ("CreatedAt", "2001-01-01"), ("ModifiedById", "1"), ("DeletedAt", "2001-01-01"), ("OwnerTeamId", "303"),
        ("Lifecycle", "Active"), ("lifecycle", "Active"), ("CustomerSince", "2001-01-01"), ("SortKey", "a"), ("SearchKey", "a"), ("Figures.OpenPromises", "9"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_form_does_not_offer_is_not_set()
    {
        var browser = await app.AsAsync(People.Sales);

        var made = await browser.PostAsync("/customers", [("Name", "Smuggled In AB"), .. Smuggled]);
        await AssertUntouchedAsync("Smuggled In AB");
        var form = await browser.OpenAsync($"{made.Location}/edit");
        await form.SubmitAsync([("City", "Halden"), .. Smuggled]);

        Assert.Equal("Halden", (await AssertUntouchedAsync("Smuggled In AB")).City);
    }

    private async Task<Customer> AssertUntouchedAsync(string name)
    {
        var customer = await app.ReadAsync(db => db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Name == name, Ct));
        Assert.NotEqual(5, customer.Id);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"C-{app.Clock.GetUtcNow().Year}-"), customer.Number, StringComparison.Ordinal);
        Assert.Equal((People.Sales.Id, People.Sales.Id, null, People.Sales.Id, People.North.Id), (customer.CreatedById!.Value, customer.ModifiedById!.Value, customer.DeletedAt, customer.OwnerId!.Value, customer.OwnerTeamId!.Value));
        Assert.Equal((Lifecycle.Prospect, null), (customer.Lifecycle, customer.CustomerSince));
        Assert.True(customer.CreatedAt.Year > 2020 && customer.SortKey != "a");
        return customer;
    }
}
