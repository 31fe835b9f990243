using CrmWeb.BrowserTests.Common;
using CrmWeb.WebTests.Common;

namespace CrmWeb.BrowserTests.Access;

/// <summary>The first minutes with a product that was just installed.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class FirstDayTests(Chromium chromium)
{
    [Fact]
    public async Task The_first_administrator_sets_up_signs_in_and_invites_a_colleague()
    {
        await using var fresh = new ServedApp(withPeople: false);
        await fresh.InitializeAsync();
        await using var window = await chromium.OpenAsync(at: fresh);
        var page = window.Page;

        await page.GotoAsync("/");
        await page.WaitForURLAsync("**/setup");
        Assert.Empty(await window.ViolationsAsync());
        await page.FillAsync("[name=Organisation]", "Lantern Supply");
        await page.FillAsync("[name=Country]", "Sweden");
        await page.SelectOptionAsync("[name=TimeZone]", "Europe/Stockholm");
        await page.FillAsync("[name=Currency]", "EUR");
        await page.FillAsync("[name=Name]", "Ada Admin");
        await page.FillAsync("[name=Email]", "ada@lantern.example");
        await page.FillAsync("[name=Password]", "short");
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForSelectorAsync(".errors");
        Assert.Equal("Lantern Supply", await page.InputValueAsync("[name=Organisation]"));
        Assert.Empty(await window.ViolationsAsync());
        await page.FillAsync("[name=Password]", People.Password);
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
        if (page.Url.Contains("/sign-in", StringComparison.Ordinal))
            await window.SignInAsync("ada@lantern.example", People.Password);

        Assert.Contains("Lantern Supply", await page.InnerTextAsync(".sidebar .ws"), StringComparison.Ordinal);
        foreach (var address in new[] { "/today", "/customers", "/contacts", "/activities", "/imports", "/trash", "/settings/outbox" })
        {
            await page.GotoAsync(address);
            Assert.Empty(await window.ViolationsAsync());
        }
        await page.GotoAsync("/settings/users");
        await page.ClickAsync("a.btn-primary[href='/settings/users/new']");
        await page.FillAsync("dialog [name=Name]", "Nora New");
        await page.FillAsync("dialog [name=Email]", "nora@lantern.example");
        await page.Locator("dialog [name=Roles]").First.CheckAsync();
        await page.ClickAsync("dialog .btn-primary");
        await page.WaitForSelectorAsync("#rows :text('Nora New')");
        window.AssertCalm();
        Assert.Equal(404, (await page.GotoAsync("/setup"))!.Status);
    }
}
