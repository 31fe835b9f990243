using CrmWeb.BrowserTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.WebTests.Common;

namespace CrmWeb.BrowserTests.Customers;

/// <summary>The main path in Chinese, from the account to the timeline.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class ChineseJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_customer_is_made_found_and_called_in_Chinese()
    {
        var user = await People.AddAsync(chromium.App, "陈思远", BuiltInRoles.Sales);
        await using var window = await chromium.OpenAsync(user, language: "zh-CN");
        var page = window.Page;
        await page.GotoAsync("/account");
        await page.SelectOptionAsync("[name=Language]", "zh-Hans");
        await page.ClickAsync("form[action='/account'] .btn-primary");
        await page.WaitForSelectorAsync("html[lang=zh-Hans]");

        await page.GotoAsync("/customers");
        Assert.Equal("客户", await page.InnerTextAsync("h1"));
        await page.ClickAsync("a.btn-primary[href='/customers/new']");
        await page.FillAsync("dialog [name=Name]", "蓝桥精密机械（宁波）有限公司");
        await page.FillAsync("dialog [name=Email]", "没有邮箱");
        await page.ClickAsync("dialog button.btn-primary");
        await page.WaitForSelectorAsync("dialog .errors");
        Assert.Equal("蓝桥精密机械（宁波）有限公司", await page.InputValueAsync("dialog [name=Name]"));
        await page.FillAsync("dialog [name=Email]", "info@lanqiao.example");
        await page.ClickAsync("dialog button.btn-primary");
        await page.WaitForSelectorAsync(".rec-head h1");
        await page.ClickAsync("#tab-Call");
        await page.FillAsync("#form-Call [name=Body]", "希望单独报延保价格");
        await page.FillAsync("#form-Call [name=NextStep]", "发送新的报价");
        await page.FillAsync("#form-Call [name=NextStepOn]", "明天");
        await page.ClickAsync("#form-Call button[type=submit]");
        await page.WaitForSelectorAsync(".tl-card");

        Assert.Contains("发送新的报价", await page.InnerTextAsync(".kpis"), StringComparison.Ordinal);
        Assert.Contains("希望单独报延保价格", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        foreach (var fragment in new[] { "精密", "lqjm" })
        {
            await page.GotoAsync($"/customers?q={Uri.EscapeDataString(fragment)}");
            Assert.Contains("蓝桥精密机械", await page.InnerTextAsync("#rows"), StringComparison.Ordinal);
        }
        await page.GotoAsync("/today");
        Assert.Contains("发送新的报价", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        window.AssertCalm();
    }
}
