using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Customers;

/// <summary>A record with the tax number or e-mail of another one needs a reason; whatever else is alike is only shown.</summary>
public sealed class SameRecordTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TaxNumber", "SE 5566-778899", "se5566-778899")]
    [InlineData("Email", "info@first.example", "INFO@first.example")]
    public async Task A_new_one_is_saved_with_a_reason_that_the_audit_keeps(string field, string stored, string typed)
    {
        var first = await AddAsync($"First of {field} AB", c => Set(c, field, stored));
        var browser = await app.AsAsync(People.Sales);

        var refused = await (await browser.OpenAsync("/customers/new")).SubmitAsync(("Name", $"Second of {field} AB"), (field, typed), ("City", "Lund"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Say why this is another one.", refused.ErrorFor("Why"));
        Assert.Contains(first.Name, refused.TextOf(".dups"), StringComparison.Ordinal);
        Assert.Equal((typed, "Lund"), (refused.Value(field), refused.Value("City")));
        var saved = await refused.SubmitAsync(("Why", "A branch with its own books"));
        var id = IdOf(saved);
        Assert.Equal("A branch with its own books", await app.ReadAsync(db => db.Set<AuditEntry>().Where(a => a.RecordId == id && a.Kind == AuditKind.Created).Select(a => a.Why).SingleAsync(Ct)));
        var edited = await (await browser.OpenAsync($"/customers/{id}/edit")).SubmitAsync(("City", "Malmö")); // it was said once
        Assert.Equal($"/customers/{id}", edited.Location);
    }

    [Fact]
    public async Task In_place_the_reason_stands_under_the_field()
    {
        var first = await AddAsync("Placed First AB", c => c.Email = "desk@placed.example");
        var second = await AddAsync("Placed Second AB", c => c.Email = "old@placed.example");
        var form = await (await app.AsAsync(People.Sales)).OpenAsync($"/customers/{second.Id}/fields/email");

        var refused = await form.SubmitAsync("form.inline-form", ("Email", first.Email!));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Say why this is another one.", first.Email), (refused.Status, refused.ErrorFor("Why"), refused.Value("Email")));
        var saved = await refused.SubmitAsync("form.inline-form", ("Why", "They share a desk"));

        Assert.Equal($"/customers/{second.Id}", saved.Location);
        Assert.Equal(first.Email, await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == second.Id).Select(c => c.Email).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_name_a_phone_or_a_domain_never_stop()
    {
        await AddAsync("Only Alike AB", c => (c.Phone, c.PhoneE164, c.Website) = ("+46 31 555 09 90", "+46315550990", "https://alike.example/"));

        var saved = await (await (await app.AsAsync(People.Sales)).OpenAsync("/customers/new"))
            .SubmitAsync(("Name", "Only Alike AB"), ("Phone", "+46 31 555 09 90"), ("Website", "alike.example"));

        Assert.NotEqual(0, IdOf(saved));
    }

    [Fact]
    public async Task What_is_said_to_be_different_is_not_shown_again_on_this_form_nor_later()
    {
        var first = await AddAsync("Twin Works AB", c => c.City = "Oslo");
        var browser = await app.AsAsync(People.Sales);
        var shown = await browser.PostAsync("/customers/duplicates", ("Name", "Twin Works AB"));
        Assert.Contains("Twin Works AB", shown.Html, StringComparison.Ordinal);

        var after = await browser.PostAsync("/customers/duplicates", ("Name", "Twin Works AB"), ("different", Text(first.Id)));
        var id = IdOf(await browser.PostAsync("/customers", ("Name", "Twin Works AB"), ("different", Text(first.Id)), ("different", "999999999"), ("different", "x")));
        var later = await browser.PostAsync($"/customers/duplicates?id={id}", ("Name", "Twin Works AB"));

        Assert.DoesNotContain("Twin Works AB", after.Html, StringComparison.Ordinal);
        Assert.Contains($"name=\"different\" value=\"{first.Id}\"", after.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Twin Works AB", later.Html, StringComparison.Ordinal);
        Assert.Contains("Twin Works AB", (await browser.PostAsync("/customers/duplicates", ("Name", "Twin Works AB"))).Html, StringComparison.Ordinal);
        Assert.Equal(1, await app.ReadAsync(db => db.Set<DifferentPair>().CountAsync(p => p.SecondId == id || p.FirstId == id, Ct)));
    }

    [Fact]
    public async Task One_that_may_not_be_seen_is_told_by_its_team_only()
    {
        var hidden = new Customer { Name = "Unseen Works AB", Email = "desk@unseen.example" };
        hidden.Assign(People.Other.Id, People.Other.HomeTeamId);
        await app.AddAsync(hidden);
        var browser = await app.AsAsync(People.Sales);

        var refused = await browser.PostAsync("/customers", ("Name", "Seen AB"), ("Email", "desk@unseen.example"));
        var saved = await browser.PostAsync("/customers", ("Name", "Seen AB"), ("Email", "desk@unseen.example"), ("Why", "Another firm of theirs"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Matches("may not see|of team", refused.TextOf(".dups"));
        Assert.DoesNotContain("Unseen Works", refused.Html, StringComparison.Ordinal);
        Assert.NotEqual(0, IdOf(saved));
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_said_so_and_kept()
    {
        await AddAsync("Long First AB", c => c.Email = "desk@long.example");

        var refused = await (await app.AsAsync(People.Sales)).PostAsync("/customers", ("Name", "Long Second AB"), ("Email", "desk@long.example"), ("Why", new string('x', 201)));

        Assert.Equal(("Use at most 200 characters.", new string('x', 201)), (refused.ErrorFor("Why"), refused.Value("Why")));
    }

    [Fact]
    public async Task The_same_holds_for_people()
    {
        var browser = await app.AsAsync(People.Sales);
        await browser.PostAsync("/contacts", ("FamilyName", "Berg"), ("Email", "berg@people.example"));

        var refused = await browser.PostAsync("/contacts", ("FamilyName", "Lund"), ("Email", "berg@people.example"));
        var saved = await browser.PostAsync("/contacts", ("FamilyName", "Lund"), ("Email", "berg@people.example"), ("Why", "Married, one mail box"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Say why this is another one."), (refused.Status, refused.ErrorFor("Why")));
        Assert.StartsWith("/contacts/", saved.Location, StringComparison.Ordinal);
    }

    private async Task<Customer> AddAsync(string name, Action<Customer> with)
    {
        var customer = new Customer { Name = name };
        with(customer);
        customer.Assign(People.Sales.Id, People.Sales.HomeTeamId);
        return await app.AddAsync(customer);
    }

    private static void Set(Customer customer, string field, string value)
    {
        if (field == "Email")
            customer.Email = value;
        else
            customer.TaxNumber = value;
    }

    private static long IdOf(Page saved) => long.Parse((saved.Location ?? throw new InvalidOperationException(saved.Text)).Split('/')[^1], CultureInfo.InvariantCulture);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
