using CrmWeb.BrowserTests.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.BrowserTests.Customers;

/// <summary>A list made one's own: filtered, its columns moved, kept under a name, changed, put back, pinned.</summary>
[Collection("browser")]
public sealed class ListViewTests(Chromium chromium)
{
    [Fact]
    public async Task A_view_is_saved_changed_reset_and_pinned()
    {
        foreach (var name in new[] { "Viewable Forge AB", "Viewable Foods AB" })
            await chromium.App.DoAsync(s => s.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = name, ["industry"] = name.Split(' ')[1] }, TestContext.Current.CancellationToken));
        await using var window = await chromium.OpenAsync(People.Manager);
        var page = window.Page;
        await page.GotoAsync("/customers?view=all&f.industry.is=Forge");

        await page.ClickAsync("text=Columns");
        await page.ClickAsync("[aria-label='Move Owner up']");
        await page.WaitForSelectorAsync("[aria-label='Move Lifecycle up']");
        await page.ClickAsync("dialog .btn-primary");
        await page.WaitForSelectorAsync("thead th:nth-child(3):has-text('Owner')");

        await page.ClickAsync(".unsaved >> text=Save view");
        await page.FillAsync("dialog [name=Name]", "Forges");
        await page.ClickAsync("dialog .btn-primary");
        await page.WaitForSelectorAsync(".views [aria-current]:has-text('Forges')");
        Assert.Equal(0, await page.Locator(".unsaved").CountAsync());
        Assert.Equal("Owner", (await page.InnerTextAsync("thead th:nth-child(3)")).Trim());

        await page.ClickAsync(".chip .rm");
        await page.WaitForSelectorAsync(".unsaved:has-text('View changed')");
        await page.ClickAsync(".unsaved >> text=Reset");
        await page.WaitForSelectorAsync(".chip:has-text('Forge')");
        Assert.Equal(0, await page.Locator(".unsaved").CountAsync());

        await page.ClickAsync("[popovertarget=view-menu]");
        await page.ClickAsync("text=Pin to sidebar");
        await page.WaitForSelectorAsync(".nav a:has-text('Forges')");
        await page.GotoAsync("/customers?view=all");
        await page.ClickAsync(".nav a:has-text('Forges')");
        await page.WaitForSelectorAsync(".views [aria-current]:has-text('Forges')");
        window.AssertCalm();
    }
}
