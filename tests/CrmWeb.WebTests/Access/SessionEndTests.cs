using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Access;

/// <summary>How a session ends, and what becomes of what was being typed.</summary>
public sealed class SessionEndTests
{
    private static readonly (string, string) OwnPage = ("Sec-Fetch-Site", "same-origin");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_out_ends_the_row_and_a_copied_cookie_with_it()
    {
        await using var app = await CrmApp.StartAsync();
        var browser = await app.SignInAsync(People.Sales);
        var (copied, page) = (browser.Cookie("crm")!, await browser.OpenAsync("/account"));

        var left = await browser.SendAsync(Post("/sign-out", page.Token!));

        Assert.Equal("/sign-in", left.Location);
        Assert.Null(browser.Cookie("crm") is { Length: > 0 } kept ? kept : null);
        Assert.NotNull(await app.ReadAsync(db => db.Set<Session>().Where(s => s.UserId == People.Sales.Id).Select(s => s.EndedAt).SingleAsync(Ct)));
        var thief = new HttpRequestMessage(HttpMethod.Get, "/account");
        thief.Headers.Add("Cookie", $"crm={copied}");
        Assert.StartsWith("/sign-in", (await app.Anonymous().SendAsync(thief)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_rested_too_long_is_over()
    {
        await using var app = await CrmApp.StartAsync();
        var browser = await app.SignInAsync(People.Sales);

        app.Clock.Ahead = Session.Idle - TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/account")).Status);
        app.Clock.Ahead += Session.Idle + TimeSpan.FromMinutes(1);

        Assert.Equal("/sign-in?returnUrl=%2Faccount", (await browser.OpenAsync("/account")).Location);
    }

    [Fact]
    public async Task A_part_of_a_page_sends_the_whole_page_to_sign_in_and_back()
    {
        await using var app = await CrmApp.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/customers/totals");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", "http://localhost/customers?view=mine");

        var answer = await app.Anonymous().SendAsync(request);

        Assert.Equal((HttpStatusCode.Unauthorized, "/sign-in?returnUrl=%2Fcustomers%3Fview%3Dmine"), (answer.Status, answer.Header("HX-Redirect")));
    }

    [Fact]
    public async Task What_was_typed_when_the_session_ended_goes_through_sign_in_and_is_sent_again()
    {
        await using var app = await CrmApp.StartAsync();
        var browser = await app.SignInAsync(People.Sales);
        var form = await browser.OpenAsync("/customers/new");
        app.Clock.Ahead = TimeSpan.FromHours(3);

        var signIn = await browser.SendAsync(Post("/customers", form.Token!, OwnPage, ("name", "Halden <Typed>"), ("description", "two\nlines"), ("tags", "a"), ("tags", "b")));
        Assert.Equal(HttpStatusCode.Unauthorized, signIn.Status);
        Assert.Contains("what you typed is kept", signIn.Text, StringComparison.Ordinal);
        var wrong = await signIn.SubmitAsync(("Email", People.Sales.Email!), ("Password", "not the password"));
        var resume = await wrong.SubmitAsync(("Email", People.Sales.Email!), ("Password", People.Password));
        Assert.Equal((HttpStatusCode.OK, "You are signed in again"), (resume.Status, resume.Title));
        Assert.Contains("Halden <Typed>", resume.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Customer>().CountAsync(Ct)));
        var saved = await resume.SubmitAsync("main form[action='/customers']");

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var customer = await app.ReadAsync(db => db.Set<Customer>().SingleAsync(Ct));
        Assert.Equal(("Halden <Typed>", "two\nlines", People.Sales.Id), (customer.Name, customer.Description!.ReplaceLineEndings("\n"), customer.OwnerId));
    }

    [Fact]
    public async Task What_was_not_sent_when_the_session_ended_is_shown_again_and_not_saved()
    {
        await using var app = await CrmApp.StartAsync();
        var browser = await app.SignInAsync(People.Sales);
        var form = await browser.OpenAsync("/customers/new");
        app.Clock.Ahead = TimeSpan.FromHours(3);

        var signIn = await browser.SendAsync(Post("/customers", form.Token!, OwnPage, ("name", "Halden"), ("email", "half an addr"), ("unsent", "true")));
        var resume = await signIn.SubmitAsync(("Email", People.Sales.Email!), ("Password", People.Password));
        var again = await resume.SubmitAsync("crm-resume form[action='/customers']");

        Assert.Equal((HttpStatusCode.OK, "Halden", "half an addr"), (again.Status, again.Value("Name"), again.Value("Email")));
        Assert.False(again.Has(".errors"));
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Customer>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Asking_how_much_is_left_does_not_keep_the_session_and_saying_that_one_is_there_does()
    {
        await using var app = await CrmApp.StartAsync();
        var browser = await app.SignInAsync(People.Sales);
        app.Clock.Ahead = Session.Idle - TimeSpan.FromMinutes(2);

        var asked = Left(await browser.FetchAsync("/session"));
        app.Clock.Ahead += TimeSpan.FromMinutes(1);
        var askedAgain = Left(await browser.FetchAsync("/session"));
        var stayed = Left(await browser.PostPartAsync("/session"));

        Assert.InRange(asked, 60, 120);
        Assert.InRange(askedAgain, 1, 60);
        Assert.InRange(stayed, Session.Idle.TotalSeconds - 60, Session.Idle.TotalSeconds);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Another_sites_form_is_not_kept(string site)
    {
        await using var app = await CrmApp.StartAsync();

        var answer = await app.Anonymous().SendAsync(Post("/customers", "", ("Sec-Fetch-Site", site), ("name", "Planted")));

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task A_password_is_not_kept()
    {
        await using var app = await CrmApp.StartAsync();

        var answer = await app.Anonymous().SendAsync(Post("/account/password", "", OwnPage, ("Current", "old"), ("Password", "typed secret")));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.DoesNotContain("typed secret", answer.Html, StringComparison.Ordinal);
        Assert.False(answer.Has("[name^='kept']"));
    }

    private static double Left(Page page) => double.Parse(page.Document.QuerySelector("[data-left]")!.GetAttribute("data-left")!, CultureInfo.InvariantCulture);

    private static HttpRequestMessage Post(string address, string token, params (string Name, string Value)[] fields) => Post(address, token, default, fields);

    private static HttpRequestMessage Post(string address, string token, (string Name, string Value) header, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Browser.Form([.. fields, ("__RequestVerificationToken", token)]) };
        if (header.Name is not null)
            request.Headers.Add(header.Name, header.Value);
        return request;
    }
}
