using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.WebTests.Common;

namespace CrmWeb.WebTests.Access;

public sealed class AccountTests(CrmApp app)
{
    [Fact]
    public async Task A_chosen_language_speaks_at_once()
    {
        var browser = await app.SignInAsync(await People.AddAsync(app, "Lin Li", BuiltInRoles.Sales));
        var page = await browser.OpenAsync("/account");

        page = await page.SubmitAsync("form[action='/account']", ("Name", "Lin Li"), ("Language", "zh-Hans"), ("Theme", "Dark"));

        Assert.Equal("/account", page.Location);
        page = await browser.OpenAsync("/account");
        Assert.Equal("zh-Hans", page.Value("Language"));
        Assert.Contains("当前密码", page.Text, StringComparison.Ordinal);
        Assert.Equal("dark", page.Document.DocumentElement.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task An_empty_name_is_said_beside_it()
    {
        var page = await (await app.AsAsync(People.Support)).OpenAsync("/account");

        page = await page.SubmitAsync("form[action='/account']", ("Name", " "));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotEmpty(page.ErrorFor("Name"));
    }

    [Fact]
    public async Task The_switch_of_the_shell_sets_the_theme()
    {
        var browser = await app.SignInAsync(await People.AddAsync(app, "Thea", BuiltInRoles.Sales));
        await browser.OpenAsync("/account");

        await browser.PostAsync("/account/theme", ("theme", "dark"));

        Assert.Equal("dark", (await browser.OpenAsync("/account")).Document.DocumentElement.GetAttribute("data-theme"));
    }

    [Fact]
    public async Task A_new_password_needs_the_current_one_and_ends_the_other_sessions()
    {
        var user = await People.AddAsync(app, "Pia", BuiltInRoles.Sales);
        var (here, there) = (await app.SignInAsync(user), await app.SignInAsync(user));
        var page = await here.OpenAsync("/account");

        var wrong = await page.SubmitAsync("form[action='/account/password']", ("Current", "not the password"), ("Password", "another good password"));
        var shorter = await page.SubmitAsync("form[action='/account/password']", ("Current", People.Password), ("Password", "short"));
        var right = await page.SubmitAsync("form[action='/account/password']", ("Current", People.Password), ("Password", "another good password"));

        Assert.Equal("This is not your current password.", wrong.ErrorFor("Current"));
        Assert.Equal("Use at least 12 characters.", shorter.ErrorFor("Password"));
        Assert.Equal("/account", right.Location);
        Assert.Equal(HttpStatusCode.OK, (await here.OpenAsync("/account")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await there.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task Only_own_sessions_can_be_ended()
    {
        var user = await People.AddAsync(app, "Sven", BuiltInRoles.Sales);
        var (here, there) = (await app.SignInAsync(user), await app.SignInAsync(user));
        var page = await here.OpenAsync("/account");
        var address = page.Document.QuerySelector("form[action$='/end']")!.GetAttribute("action")!;

        var stranger = await (await app.AsAsync(People.Sales)).PostAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.Equal(HttpStatusCode.OK, (await there.OpenAsync("/account")).Status);

        await page.SubmitAsync("form[action$='/end']");
        Assert.Equal(HttpStatusCode.Redirect, (await there.OpenAsync("/account")).Status);
    }
}
