using CrmWeb.BrowserTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.BrowserTests.Automation;

/// <summary>What happens elsewhere is seen on an open page, in every tab of the browser.</summary>
[Collection("browser")]
public sealed class LiveJourneyTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task The_bell_rings_in_all_tabs_and_leads_to_what_was_given(int width, int height)
    {
        var user = await People.AddAsync(chromium.App, "Nora North", BuiltInRoles.Sales);
        await using var window = await chromium.OpenAsync(user, width, height);
        var (page, other) = (window.Page, await window.NewPageAsync());
        await other.GotoAsync("/customers");
        await page.BringToFrontAsync();
        await page.GotoAsync("/today");

        var id = await chromium.App.DoAsync(s => s.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Aalborg Værft", ["owner"] = user.Id }, TestContext.Current.CancellationToken));

        await page.WaitForSelectorAsync(".topbar .badge-dot");
        await other.WaitForSelectorAsync(".topbar .badge-dot");
        await page.ClickAsync(".topbar .badge-dot");
        await page.WaitForSelectorAsync(".told .new button:has-text('CrmWeb gave you Aalborg Værft')");
        Assert.Empty(await window.ViolationsAsync());
        Assert.Equal(0, await window.OverflowAsync());
        await page.ClickAsync(".told .new button");
        await page.WaitForURLAsync($"**/customers/{id}");

        Assert.Equal(0, await page.Locator(".topbar .badge-dot").CountAsync());
        await other.WaitForFunctionAsync("() => !document.querySelector('.topbar .badge-dot')");
        window.AssertCalm();
    }

    [Fact]
    public async Task A_stream_that_the_server_could_not_give_is_asked_for_again()
    {
        var user = await People.AddAsync(chromium.App, "Lena Late", BuiltInRoles.Sales);
        await using var window = await chromium.OpenAsync(user);
        var refused = 0;
        await window.Page.RouteAsync("**/live", route => Interlocked.Increment(ref refused) == 1 ? route.FulfillAsync(new() { Status = 204 }) : route.ContinueAsync());
        await window.Page.GotoAsync("/today");

        await chromium.App.DoAsync(s => s.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Late Works", ["owner"] = user.Id }, TestContext.Current.CancellationToken));

        await window.Page.WaitForSelectorAsync(".topbar .badge-dot");
        Assert.InRange(refused, 2, 3);
    }
}
