using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Common;

/// <summary>What must hold for every page: nothing axe finds, nothing the browser complains about, no page wider than its window.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class EveryPageTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, "en-GB")]
    [InlineData(ColorScheme.Dark, "zh-CN")]
    public async Task Axe_finds_nothing(ColorScheme scheme, string language)
    {
        var found = new List<string>();
        await using (var signedOut = await chromium.OpenAsync(language: language, scheme: scheme, bypassCsp: true))
            found.AddRange(await ViolationsAsync(signedOut, EveryPage.OfTheSignedOut));
        await using var window = await chromium.OpenAsync(People.Admin, language: language, scheme: scheme, bypassCsp: true);

        found.AddRange(await ViolationsAsync(window, await EveryPage.AddressesAsync(chromium)));

        Assert.Empty(found);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_where_something_is_refused_or_open(ColorScheme scheme)
    {
        await using var window = await chromium.OpenAsync(People.Sales, scheme: scheme, bypassCsp: true);
        var page = window.Page;
        var found = new List<string>();

        await page.GotoAsync("/customers/new");
        await page.FillAsync("[name=Email]", "no mail");
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForSelectorAsync(".errors");
        found.AddRange(await window.ViolationsAsync());
        await page.GotoAsync("/settings/users");
        found.AddRange(await window.ViolationsAsync());
        await page.GotoAsync("/customers");
        await page.Keyboard.PressAsync("Control+k");
        await page.FillAsync("crm-palette input", "every");
        await page.WaitForSelectorAsync("crm-palette [role=option]");
        found.AddRange(await window.ViolationsAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForSelectorAsync("dialog.palette", new() { State = WaitForSelectorState.Hidden });
        await page.ClickAsync("[data-open=keys]");
        await page.WaitForSelectorAsync("#keys[open]");
        found.AddRange(await window.ViolationsAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.ClickAsync("a.btn-primary[href='/customers/new']");
        await page.WaitForSelectorAsync("dialog[open] [name=Name]");
        found.AddRange(await window.ViolationsAsync());
        await ClashAsync(page);
        found.AddRange(await window.ViolationsAsync());

        Assert.Empty(found);
    }

    [Fact]
    public async Task The_browser_has_nothing_to_complain_about()
    {
        await using var signedOut = await chromium.OpenAsync();
        foreach (var address in EveryPage.OfTheSignedOut)
            await signedOut.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        signedOut.AssertCalm();
        await using var window = await chromium.OpenAsync(People.Admin);

        foreach (var address in await EveryPage.AddressesAsync(chromium))
            await window.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });

        window.AssertCalm();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(900)]
    public async Task No_page_is_wider_than_its_window(int width)
    {
        await using var window = await chromium.OpenAsync(People.Admin, width: width, height: 844);
        var wide = new List<string>();

        foreach (var address in await EveryPage.AddressesAsync(chromium))
        {
            await window.Page.GotoAsync(address);
            if (await window.OverflowAsync() is > 0 and var by)
                wide.Add($"{address} by {by}");
        }

        Assert.Empty(wide);
    }

    private static async Task<IReadOnlyList<string>> ViolationsAsync(Window window, IReadOnlyList<string> addresses)
    {
        var found = new List<string>();
        foreach (var address in addresses)
        {
            await window.Page.GotoAsync(address);
            found.AddRange((await window.ViolationsAsync()).Select(v => $"{address} {v}"));
        }
        return found;
    }

    /// <summary>Leaves the page on which one chooses between one's own value and another's.</summary>
    private async Task ClashAsync(IPage page)
    {
        var ct = TestContext.Current.CancellationToken;
        await page.GotoAsync("/customers/new");
        await page.FillAsync("[name=Name]", "Clash AB");
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForSelectorAsync(".rec-head");
        await page.GotoAsync($"{page.Url}/edit");
        var id = long.Parse(new Uri(page.Url).Segments[^2].TrimEnd('/'), System.Globalization.CultureInfo.InvariantCulture);
        await chromium.App.DoAsync(async services =>
        {
            var customers = services.GetRequiredService<IRecordService<Customer>>();
            await customers.EditAsync(id, new() { ["industry"] = "Foundry" }, (await customers.OpenAsync(id, Domain.Common.RecordAction.Edit, ct)).Version, ct);
        });
        await page.FillAsync("[name=Industry]", "Castings");
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForSelectorAsync(".conf");
    }
}
