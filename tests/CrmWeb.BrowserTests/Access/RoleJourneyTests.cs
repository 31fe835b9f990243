using CrmWeb.BrowserTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Access;

/// <summary>What a person sees follows his role, from the next click on.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class RoleJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_junior_sees_his_own_customers_from_the_next_click_on()
    {
        var person = await People.AddAsync(chromium.App, "Juno Junior", BuiltInRoles.Sales);
        await CreateAsync("Junior Own AB", person.Id);
        await CreateAsync("Junior Team AB", People.Sales.Id);
        await using var theirs = await chromium.OpenAsync(person);
        Assert.Equal(("2", true, true), await SeenAsync(theirs.Page));
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;

        // A role of one's own: a copy of Sales that sees only its holder's records.
        await page.GotoAsync("/settings/roles");
        await page.ClickAsync("a[href^='/settings/roles/new']:has-text('Sales')");
        await page.FillAsync("[name=Name]", "Junior sales");
        await NarrowAsync(page, ".Team", ".Own");
        Assert.Equal("Customer.Export.None", await page.InputValueAsync("[aria-label='Customers: Export']"));
        Assert.Empty(await window.ViolationsAsync());
        await page.ClickAsync(".role-form .btn-primary");
        await page.WaitForSelectorAsync(".roles :text('Junior sales')");

        await page.GotoAsync($"/settings/users/{person.Id}");
        await page.GetByLabel("Sales", new() { Exact = true }).UncheckAsync();
        await page.GetByLabel("Junior sales").CheckAsync();
        await page.ClickAsync("form[action^='/settings/users/'] .form-foot .btn-primary");
        await page.WaitForURLAsync("**/settings/users");

        // Another role ends the session: the next click asks who it is, and then shows less.
        await theirs.Page.GotoAsync("/customers");
        Assert.Contains("/sign-in", theirs.Page.Url, StringComparison.Ordinal);
        await theirs.SignInAsync(person.Email!, People.Password);
        Assert.Equal(("1", true, false), await SeenAsync(theirs.Page));

        // The role itself is widened again, after a look at whom it concerns: no new sign-in is needed.
        await page.GotoAsync("/settings/roles");
        await page.ClickAsync(".roles a.t:has-text('Junior sales')");
        await page.SelectOptionAsync("[aria-label='Customers: View']", "Customer.View.Team");
        await page.ClickAsync("button[formaction$='/preview']");
        Assert.Matches("Customers seen: 1 now, ([2-9]|[1-9][0-9]+) then", await page.InnerTextAsync(".preview")); // other tests give the team customers too
        Assert.Empty(await window.ViolationsAsync());
        await page.ClickAsync(".role-form .btn-primary");
        await page.WaitForURLAsync("**/settings/roles");
        Assert.Equal(("2", true, true), await SeenAsync(theirs.Page));
        window.AssertCalm();
        theirs.AssertCalm();
    }

    private static async Task NarrowAsync(IPage page, string from, string to)
    {
        foreach (var cell in await page.Locator("select[name=Grants]").AllAsync())
        {
            if (await cell.InputValueAsync() is var value && value.EndsWith(from, StringComparison.Ordinal))
                await cell.SelectOptionAsync(value[..^from.Length] + to);
        }
    }

    /// <summary>The count of the list, and which of the two customers search finds.</summary>
    private static async Task<(string Count, bool FindsOwn, bool FindsTeams)> SeenAsync(IPage page)
    {
        await page.GotoAsync("/customers?view=all&q=junior");
        var count = (await page.InnerTextAsync(".views .c")).Trim();
        await page.GotoAsync("/search?q=junior");
        var found = await page.InnerTextAsync("main");
        return (count, found.Contains("Junior Own AB", StringComparison.Ordinal), found.Contains("Junior Team AB", StringComparison.Ordinal));
    }

    private async Task CreateAsync(string name, long owner)
    {
        var customer = new Customer { Name = name };
        customer.Assign(owner, People.North.Id);
        await chromium.App.AddAsync(customer);
    }
}
