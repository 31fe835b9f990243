using CrmWeb.WebTests.Common;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Common;

/// <summary>What must hold for every page: nothing axe finds, nothing the browser complains about.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class EveryPageTests(Chromium chromium)
{
    private static readonly string[] Pages =
        ["/today", "/customers", "/customers/new", "/contacts", "/contacts/new", "/activities", "/activities/log?kind=Call", "/search?q=a", "/imports", "/imports/new", "/trash"];

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB")]
    [InlineData(ColorScheme.Dark, "zh-CN")]
    public async Task Axe_finds_nothing(ColorScheme scheme, string language)
    {
        await using var window = await chromium.OpenAsync(People.Admin, language: language, scheme: scheme, bypassCsp: true);
        var found = new List<string>();

        foreach (var address in Pages.Append(await CustomerAsync(window)))
        {
            await window.Page.GotoAsync(address);
            found.AddRange((await window.ViolationsAsync()).Select(v => $"{address} {v}"));
        }

        Assert.Empty(found);
    }

    [Fact]
    public async Task The_browser_has_nothing_to_complain_about()
    {
        await using var window = await chromium.OpenAsync(People.Admin);

        foreach (var address in Pages.Append(await CustomerAsync(window)))
            await window.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });

        window.AssertCalm();
    }

    private static async Task<string> CustomerAsync(Window window)
    {
        await window.Page.GotoAsync("/customers/new");
        await window.Page.FillAsync("[name=Name]", $"Every Page {Guid.NewGuid():N}");
        await window.Page.ClickAsync(".form-foot .btn-primary");
        await window.Page.WaitForSelectorAsync(".rec-head");
        return new Uri(window.Page.Url).AbsolutePath;
    }
}
