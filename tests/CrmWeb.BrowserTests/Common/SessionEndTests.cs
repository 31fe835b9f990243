using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Common;

/// <summary>What one was typing when the session ended is not lost, wherever it was typed.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class SessionEndTests(Chromium chromium)
{
    [Fact]
    public async Task A_value_edited_in_place_goes_through_the_sign_in()
    {
        var id = await CreateAsync("Session Inline AB");
        await using var window = await chromium.OpenAsync(People.Sales);
        var page = window.Page;
        await page.GotoAsync($"/customers/{id}");
        await page.ClickAsync("crm-inline[data-edit$='/industry'] .editable");
        await page.FillAsync("crm-inline [name=Industry]", "Typed before");

        await window.EndSessionAsync();
        await page.Keyboard.PressAsync("Enter");
        await SignInAgainAsync(window);

        await page.WaitForURLAsync($"**/customers/{id}");
        Assert.Contains("Typed before", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        window.AssertCalm();
    }

    [Fact]
    public async Task A_dialog_goes_through_the_sign_in_and_is_not_led_away_from_while_it_is_filled_in()
    {
        await using var window = await chromium.OpenAsync(People.Sales);
        var page = window.Page;
        await page.GotoAsync("/customers");
        await page.ClickAsync("a.btn-primary[href='/customers/new']");
        await page.WaitForSelectorAsync("dialog [name=Name]");

        await window.EndSessionAsync();
        var asked = page.WaitForResponseAsync("**/duplicates");
        await page.FillAsync("dialog [name=Name]", "Session Dialog AB"); // asks in the background whether it is here already
        await asked;
        await page.FillAsync("dialog [name=Email]", "info@dialog.example");
        await page.ClickAsync("dialog button.btn-primary");
        await SignInAgainAsync(window);

        await page.WaitForSelectorAsync(".rec-head h1");
        Assert.Contains("Session Dialog AB", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.Equal("info@dialog.example", await chromium.App.ReadAsync(db => db.Set<Customer>().Where(c => c.Name == "Session Dialog AB").Select(c => c.Email).SingleAsync(TestContext.Current.CancellationToken)));
        window.AssertCalm();
    }

    [Fact]
    public async Task A_page_that_is_being_filled_in_stays_until_it_is_sent()
    {
        await using var window = await chromium.OpenAsync(People.Sales);
        var page = window.Page;
        await page.GotoAsync("/customers/new");

        await window.EndSessionAsync();
        var asked = page.WaitForResponseAsync("**/duplicates");
        await page.FillAsync("main [name=Name]", "Session Page AB");
        await asked;
        await page.FillAsync("main [name=Industry]", "Still here");
        await page.ClickAsync("main .form-foot .btn-primary");
        await SignInAgainAsync(window);

        await page.WaitForSelectorAsync(".rec-head h1");
        Assert.Contains("Still here", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        window.AssertCalm();
    }

    [Fact]
    public async Task Before_the_session_ends_every_tab_asks_and_one_answer_is_enough()
    {
        await using var app = new ServedApp();
        await app.InitializeAsync();
        await using var window = await chromium.OpenAsync(People.Sales, at: app);
        var (page, other) = (window.Page, await window.NewPageAsync());
        await page.Clock.InstallAsync();
        foreach (var tab in new[] { page, other })
            await GoAsync(tab, "/customers");

        await page.Clock.FastForwardAsync("01:57:00"); // of both: a window has one clock
        Assert.Equal(0, await page.Locator("dialog[open]").CountAsync()); // not yet
        app.Clock.Ahead = Session.Idle - TimeSpan.FromMinutes(1);
        await page.Clock.FastForwardAsync("02:00");
        await page.WaitForSelectorAsync("crm-session dialog[open]");
        await other.WaitForSelectorAsync("crm-session dialog[open]");
        await page.ClickAsync("[data-stay]");

        await other.WaitForSelectorAsync("crm-session dialog[open]", new() { State = WaitForSelectorState.Detached });
        app.Clock.Ahead += TimeSpan.FromHours(1);
        await other.GotoAsync("/account");
        Assert.EndsWith("/account", other.Url, StringComparison.Ordinal);
        window.AssertCalm();
    }

    [Fact]
    public async Task After_the_end_one_goes_on_typing_behind_the_sign_in_where_one_was()
    {
        await using var app = new ServedApp();
        await app.InitializeAsync();
        await using var window = await chromium.OpenAsync(People.Sales, at: app);
        var page = window.Page;
        await page.Clock.InstallAsync();
        await GoAsync(page, "/customers/new");
        await page.FillAsync("main [name=Name]", "Half Typed AB");
        await page.FillAsync("main [name=Industry]", "Found");

        app.Clock.Ahead = Session.Idle + TimeSpan.FromMinutes(1);
        await page.Clock.FastForwardAsync("02:01:00");
        await page.ClickAsync("dialog[open] [data-again]");
        await page.FillAsync("[name=Email]", People.Sales.Email!);
        await page.FillAsync("[name=Password]", People.Password);
        await page.ClickAsync("main button[type=submit], form button.btn-primary");

        await page.WaitForSelectorAsync("main form[action='/customers']");
        Assert.Equal(("Half Typed AB", "Found"), (await page.InputValueAsync("main [name=Name]"), await page.InputValueAsync("main [name=Industry]")));
        await page.FillAsync("main [name=Industry]", "Foundry");
        await page.ClickAsync("main .form-foot .btn-primary");
        await page.WaitForSelectorAsync(".rec-head h1");
        Assert.Contains("Foundry", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        window.AssertCalm();
    }

    [Fact]
    public async Task A_page_nobody_types_in_is_not_left_on_the_screen()
    {
        await using var app = new ServedApp();
        await app.InitializeAsync();
        await using var window = await chromium.OpenAsync(People.Sales, at: app);
        var page = window.Page;
        await page.Clock.InstallAsync();
        await GoAsync(page, "/customers?q=none");

        app.Clock.Ahead = Session.Idle + TimeSpan.FromMinutes(1);
        await page.Clock.FastForwardAsync("02:01:00");

        await page.WaitForURLAsync("**/sign-in?returnUrl=%2Fcustomers%3Fq%3Dnone");
        window.AssertCalm();
    }

    /// <summary>Opens a page and waits until it has begun to count.</summary>
    private static async Task GoAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.WaitForSelectorAsync("crm-session:defined", new() { State = WaitForSelectorState.Attached });
    }

    private static async Task SignInAgainAsync(Window window)
    {
        var page = window.Page;
        await page.WaitForSelectorAsync("input[name=kept-for]", new() { State = WaitForSelectorState.Attached });
        await page.FillAsync("[name=Email]", People.Sales.Email!);
        await page.FillAsync("[name=Password]", People.Password);
        await page.ClickAsync("main button[type=submit], form button.btn-primary");
        await page.ClickAsync("main .actions button.btn-primary");
    }

    private async Task<long> CreateAsync(string name)
    {
        var customer = new Customer { Name = name, Industry = "Shown" };
        customer.Assign(People.Sales.Id, People.North.Id);
        return (await chromium.App.AddAsync(customer)).Id;
    }
}
