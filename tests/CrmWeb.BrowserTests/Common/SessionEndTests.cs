using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

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

    private static async Task SignInAgainAsync(Window window)
    {
        var page = window.Page;
        await page.WaitForSelectorAsync("input[name=kept-for]", new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
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
