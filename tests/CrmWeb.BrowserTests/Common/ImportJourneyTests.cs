using CrmWeb.Domain.Access;
using CrmWeb.UnitTests.Common.Imports;
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

    /// <summary>In Chinese: a workbook, a sheet of it, a word that is told, a row that is put right, and all of it taken back.</summary>
    [Fact]
    public async Task A_workbook_is_read_told_put_right_brought_in_and_taken_back()
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var book = new TestWorkbook().Sheet("说明", TestWorkbook.Rows(["请看下一页", "x"], ["无", "无"]))
            .Sheet("客户", TestWorkbook.Rows(["公司名称", "评级", "员工人数"], [$"甲{mark}", "重点", "12"], [$"乙{mark}", "重点", "许多"], [$"丙{mark}", "B", "7"])).Bytes();
        await using var window = await chromium.OpenAsync(await People.AddAsync(chromium.App, "林一帆", BuiltInRoles.Manager), language: "zh-CN");
        var page = window.Page;
        await page.GotoAsync("/account");
        await page.SelectOptionAsync("[name=Language]", "zh-Hans");
        await page.ClickAsync("form[action='/account'] .btn-primary");
        await page.WaitForSelectorAsync("html[lang=zh-Hans]");

        await page.GotoAsync("/imports/new?type=Customer");
        await page.SetInputFilesAsync("#File", new Microsoft.Playwright.FilePayload { Name = "客户.xlsx", MimeType = "application/octet-stream", Buffer = book });
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForURLAsync("**/match");
        await page.SelectOptionAsync("#Sheet", "客户"); // read anew at once
        await page.WaitForSelectorAsync("th:text-is('公司名称')");
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForURLAsync("**/check");
        await FinishAsync(page);
        Assert.Equal(["1", "0", "0", "2"], await page.Locator("#progress dd.v").AllInnerTextsAsync());
        await page.SelectOptionAsync("[name='To[0]']", "=A");
        await SendAsync(page, "form[action$='/values'] button");
        await page.FillAsync("[name='Cell[3:2]']", "34");
        await SendAsync(page, "form[action*='/fixes'] button");
        await page.ClickAsync("form[action$='/run'] button");
        await page.WaitForURLAsync("**/result");
        await FinishAsync(page);
        Assert.Equal(["3", "0", "0", "0"], await page.Locator("#progress dd.v").AllInnerTextsAsync());
        await page.ClickAsync("a[href$='/undo']");
        Assert.Equal("zh-Hans", await page.GetAttributeAsync("html", "lang"));
        await page.ClickAsync("main form .btn-danger");
        await page.WaitForURLAsync("**/bulk/*");
        Assert.Equal(["3", "0", "0"], await page.Locator("#progress dd.v").AllInnerTextsAsync());
        await page.GotoAsync($"/customers?q={mark}");
        Assert.Equal(0, await page.Locator("#rows tr").CountAsync());
        window.AssertCalm();
    }

    /// <summary>Sends a form of the check, which begins anew.</summary>
    private static async Task SendAsync(Microsoft.Playwright.IPage page, string button)
    {
        await page.RunAndWaitForResponseAsync(() => page.ClickAsync(button), r => r.Request.Method == "GET" && r.Url.EndsWith("/check", StringComparison.Ordinal));
        await FinishAsync(page);
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
