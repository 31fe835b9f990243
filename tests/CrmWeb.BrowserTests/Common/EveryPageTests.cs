using System.Collections.Concurrent;
using CrmWeb.Domain.Access;
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
    private static readonly int[] Widths = [320, 390, 900];

    [Theory]
    [InlineData("en-GB")]
    [InlineData("zh-CN")]
    public async Task No_page_shuts_anyone_out_complains_or_is_wider_than_its_window(string language)
    {
        var found = new ConcurrentBag<string>();

        await LookAsync(person: null, language, new(EveryPage.OfTheSignedOut), found);
        var addresses = new ConcurrentQueue<string>(await EveryPage.AddressesAsync(chromium));
        await Task.WhenAll(LookAsync(People.Admin, language, addresses, found), LookAsync(People.Admin, language, addresses, found));

        Assert.True(found.IsEmpty, string.Join('\n', found.Order(StringComparer.Ordinal))); // all of it: the collection itself would be told by its beginning
    }

    [Fact]
    public async Task Axe_finds_nothing_where_something_is_refused_or_open()
    {
        await using var window = await chromium.OpenAsync(People.Sales);
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

    /// <summary>Visits the pages that are still to be visited in a window of its own, each once for all that is looked for.</summary>
    private async Task LookAsync(User? person, string language, ConcurrentQueue<string> addresses, ConcurrentBag<string> found)
    {
        await using var window = await chromium.OpenAsync(person, language: language);
        while (addresses.TryDequeue(out var address))
        {
            await window.Page.SetViewportSizeAsync(1440, 900);
            await window.Page.GotoAsync(address);
            foreach (var violation in await window.ViolationsAsync())
                found.Add($"{address} {violation}");
            foreach (var width in Widths)
            {
                if (await window.OverflowAsync(width) is > 0 and var by)
                    found.Add($"{address} is by {by} wider than {width}");
            }
            foreach (var complaint in window.Complaints())
                found.Add($"{address} {complaint}");
        }
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
