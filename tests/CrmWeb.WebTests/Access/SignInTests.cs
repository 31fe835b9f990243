using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Access;

public sealed class SignInTests(CrmApp app)
{
    [Fact]
    public async Task The_right_password_opens_the_door_and_leads_back_to_where_one_was_going()
    {
        var browser = app.Anonymous();
        var page = await browser.OpenAsync("/sign-in?returnUrl=%2Ftoday%3Fq%3D1");

        page = await page.SubmitAsync(("Email", People.Sales.Email!.ToUpperInvariant()), ("Password", People.Password));

        Assert.Equal((HttpStatusCode.Redirect, "/today?q=1"), (page.Status, page.Location));
        var cookie = page.Header("Set-Cookie")!;
        Assert.Contains("crm=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase); // gone with the browser
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    public async Task A_return_address_elsewhere_is_ignored(string address)
    {
        var page = await app.Anonymous().OpenAsync($"/sign-in?returnUrl={Uri.EscapeDataString(address)}");

        page = await page.SubmitAsync(("Email", People.Sales.Email!), ("Password", People.Password));

        Assert.Equal("/", page.Location);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var page = await app.Anonymous().OpenAsync("/sign-in");

        var wrong = await page.SubmitAsync(("Email", People.Marketing.Email!), ("Password", "not the password"));
        var unknown = await page.SubmitAsync(("Email", "nobody@test.example"), ("Password", "not the password"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        Assert.Contains("Email or password is wrong.", wrong.Errors, StringComparison.Ordinal);
        Assert.Equal(wrong.Errors, unknown.Errors);
        Assert.Equal(People.Marketing.Email, wrong.Value("Email"));
        Assert.DoesNotContain("not the password", wrong.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_tries_lock_the_door_even_for_the_right_password_and_leave_a_trace()
    {
        var user = await People.AddAsync(app, "Lara Locked", BuiltInRoles.Sales);
        var page = await app.Anonymous().OpenAsync("/sign-in");

        for (var i = 0; i < 5; i++)
            await page.SubmitAsync(("Email", user.Email!), ("Password", "not the password"));
        var locked = await page.SubmitAsync(("Email", user.Email!), ("Password", People.Password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, locked.Status);
        Assert.Contains("locked for 15 minutes", locked.Errors, StringComparison.Ordinal);
        var kinds = await app.ReadAsync(db => db.Set<AuditEntry>().Where(a => a.RecordId == user.Id && a.RecordType == "User").OrderBy(a => a.Id).Select(a => a.Kind).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(4 + 1, kinds.Count(k => k == AuditKind.SignInFailed)); // the last one met the lock
        Assert.Single(kinds, AuditKind.LockedOut);
    }

    [Fact]
    public async Task An_unknown_address_locks_like_a_known_one()
    {
        var page = await app.Anonymous().OpenAsync("/sign-in");

        Page? answer = null;
        for (var i = 0; i < 6; i++)
            answer = await page.SubmitAsync(("Email", "stranger@test.example"), ("Password", "not the password"));

        Assert.Contains("locked for 15 minutes", answer!.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeping_signed_in_outlives_the_browser()
    {
        var page = await app.Anonymous().OpenAsync("/sign-in");

        page = await page.SubmitAsync(("Email", People.Sales.Email!), ("Password", People.Password), ("Keep", "true"));

        Assert.Contains("expires=", page.Header("Set-Cookie")!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_page_speaks_the_language_one_chooses_and_remembers_it()
    {
        var browser = app.Anonymous();

        await browser.OpenAsync("/sign-in?language=zh-Hans");
        var page = await browser.OpenAsync("/sign-in");

        Assert.Equal("登录", page.Title);
    }
}
