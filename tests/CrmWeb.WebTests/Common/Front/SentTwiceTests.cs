using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Front;

/// <summary>Two clicks on a button are one record.</summary>
public sealed class SentTwiceTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_form_that_makes_a_record_makes_one_however_often_it_is_sent()
    {
        await using var own = await CrmApp.StartAsync();
        var admin = await own.AsAsync(People.Admin);
        var (role, here, there) = (await RoleAsync(own), await CustomerAsync(own, "Halden AB"), await CustomerAsync(own, "Tranvik AB"));

        await SendTwiceAsync<Customer>(own, admin, "/customers/new", ("Name", "Northern Lights Ltd"));
        await SendTwiceAsync<Contact>(own, admin, $"/contacts/new?customer={here}", ("FamilyName", "Berg"));
        await SendTwiceAsync<Activity>(own, admin, "/activities/new", ("Subject", "Call again"));
        await SendTwiceAsync<Activity>(own, admin, $"/activities/log?CustomerId={here}", ("Body", "They like it."));
        await SendTwiceAsync<Activity>(own, admin, $"/customers/{here}", ("Body", "They like it."));
        await SendTwiceAsync<Relationship>(own, admin, $"/relationships/new?customerId={here}", ("OtherCustomerId", there.ToString(CultureInfo.InvariantCulture)), ("Kind", nameof(RelationshipKind.PartnerOf)));
        await SendTwiceAsync<Consent>(own, admin, $"/consents/new?customerId={here}", ("Source", "On the phone"));
        await SendTwiceAsync<Team>(own, admin, "/settings/teams/new", ("Name", "East"));
        await SendTwiceAsync<Role>(own, admin, $"/settings/roles/new?from={role}", ("Name", "Another"));
        await SendTwiceAsync<User>(own, admin, "/settings/users/new", ("Email", "new@crmweb.example"), ("Name", "Nina New"), ("Roles", role.ToString(CultureInfo.InvariantCulture)));
        await SendTwiceAsync<SavedView>(own, admin, "/views/Customer/new", ("Name", "Swedes"));
        await SendTwiceAsync<Attachment>(own, admin, $"/customers/{here}#files", ("file", "note.txt"));
        await SendTwiceAsync<ImportRun>(own, admin, "/imports/new?type=customers", ("file", "names.csv"));
    }

    [Fact]
    public async Task Two_clicks_that_arrive_together_are_one_customer_and_lead_to_it()
    {
        var browser = await app.AsAsync(People.Sales);
        var form = await browser.OpenAsync("/customers/new");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => form.SubmitAsync(("Name", "Impatient Clicks AB"))));

        var id = await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Name == "Impatient Clicks AB").Select(c => c.Id).SingleAsync(Ct));
        Assert.All(answers, page => Assert.Equal($"/customers/{id}", page.Location));
    }

    [Fact]
    public async Task The_same_form_with_another_content_is_another_record()
    {
        var browser = await app.AsAsync(People.Sales);
        var form = await browser.OpenAsync("/customers/new");

        await form.SubmitAsync(("Name", "First Branch AB"));
        var second = await form.SubmitAsync(("Name", "Second Branch AB"));

        Assert.Equal(2, await app.ReadAsync(db => db.Set<Customer>().CountAsync(c => c.Name == "First Branch AB" || c.Name == "Second Branch AB", Ct)));
        Assert.Contains("Second Branch AB", (await browser.OpenAsync(second.Location!)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_same_form_is_his_own()
    {
        var (mine, his) = (await app.AsAsync(People.Sales), await app.AsAsync(People.Other));
        var key = (await mine.OpenAsync("/customers/new")).Value("formKey");

        var first = await mine.PostAsync("/customers", ("Name", "Mine And His AB"), ("formKey", key));
        var second = await his.PostAsync("/customers", ("Name", "Mine And His AB"), ("formKey", key));

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.Status, second.Status));
        Assert.NotEqual(first.Location, second.Location);
    }

    [Fact]
    public async Task What_was_refused_is_saved_when_it_is_put_right()
    {
        var browser = await app.AsAsync(People.Sales);

        var refused = await (await browser.OpenAsync("/customers/new")).SubmitAsync(("Name", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var saved = await refused.SubmitAsync(("Name", "Put Right AB"));

        Assert.StartsWith("/customers/", saved.Location, StringComparison.Ordinal);
        Assert.Contains("Put Right AB", (await browser.OpenAsync(saved.Location!)).Title, StringComparison.Ordinal);
    }

    /// <summary>Fills the form of a page that has a key, sends it twice, and finds one record more.</summary>
    private static async Task SendTwiceAsync<T>(CrmApp app, Browser browser, string address, params (string Field, string Value)[] typed) where T : Domain.Common.Record
    {
        var page = await browser.OpenAsync(address);
        var selector = $"main form[method=post]:has([name='{typed[0].Field}'])";
        Assert.True(page.Document.QuerySelector(selector)?.QuerySelector("[name=formKey]") is not null, $"{address}: the form has no key");
        var before = await CountAsync<T>(app);

        var answers = new[] { await SendAsync(browser, page, selector, typed), await SendAsync(browser, page, selector, typed) };

        Assert.True(Array.TrueForAll(answers, a => a.Status == HttpStatusCode.Redirect), $"{address}: {string.Join(" | ", answers.Select(a => a.Text))}");
        Assert.Equal(answers[0].Location, answers[1].Location);
        Assert.True(await CountAsync<T>(app) == before + 1, $"{address} made {await CountAsync<T>(app) - before}");
    }

    private static Task<Page> SendAsync(Browser browser, Page page, string selector, (string Field, string Value)[] typed) => typed is [("file", var name)]
        ? page.SendFileAsync(selector, name, "Name\r\nHalden AB\r\n"u8.ToArray())
        : page.SubmitAsync(selector, typed);

    private static Task<int> CountAsync<T>(CrmApp app) where T : Domain.Common.Record => app.ReadAsync(db => db.Set<T>().CountAsync(Ct));

    private static Task<long> RoleAsync(CrmApp app) => app.ReadAsync(db => db.Set<Role>().OrderBy(r => r.Id).Select(r => r.Id).FirstAsync(Ct));

    private static async Task<long> CustomerAsync(CrmApp app, string name)
    {
        var customer = new Customer { Name = name };
        customer.Assign(People.Admin.Id, teamId: null);
        return (await app.AddAsync(customer)).Id;
    }
}
