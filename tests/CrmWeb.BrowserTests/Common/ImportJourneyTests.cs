using CrmWeb.WebTests.Common;

namespace CrmWeb.BrowserTests.Common;

/// <summary>A real company's customers go in through the wizard.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class ImportJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task Accounts_are_matched_checked_and_brought_in_and_a_second_time_nothing_is()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "accounts.csv");
        await using var window = await chromium.OpenAsync(People.Admin);

        Assert.Equal(["85", "0", "0", "0"], await ImportAsync(window, file, run: true));
        await window.Page.GotoAsync("/customers?f.industry.is=technolgy");
        Assert.Equal(12, await window.Page.Locator("#rows tr").CountAsync());
        Assert.Equal(["0", "0", "85", "0"], await ImportAsync(window, file, run: false));
        window.AssertCalm();
    }

    private static async Task<IReadOnlyList<string>> ImportAsync(Window window, string file, bool run)
    {
        var page = window.Page;
        await page.GotoAsync("/imports/new?type=Customer");
        await page.SetInputFilesAsync("#File", file);
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForURLAsync("**/match");
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForURLAsync("**/check");
        await FinishAsync(page);
        if (run)
        {
            await page.ClickAsync(".form-foot form .btn-primary");
            await page.WaitForURLAsync("**/result");
            await FinishAsync(page);
        }
        return await page.Locator("#progress dd.v").AllInnerTextsAsync();
    }

    /// <summary>The page moves by itself; when the work is done it offers to go on.</summary>
    private static async Task FinishAsync(Microsoft.Playwright.IPage page)
    {
        await page.WaitForSelectorAsync("#progress[data-reload=done]", new() { Timeout = 60_000 });
        await page.ReloadAsync();
    }
}
