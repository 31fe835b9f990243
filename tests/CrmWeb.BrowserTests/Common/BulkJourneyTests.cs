using System.Text.RegularExpressions;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Common;

/// <summary>Rows chosen by hand and by keyboard over two pages, given away at once, and taken back.</summary>
[Collection("browser")]
public sealed partial class BulkJourneyTests(Chromium chromium)
{
    private const int PageSize = 25, Many = 46;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_pages_of_customers_are_given_to_a_colleague_and_taken_back()
    {
        var (me, ana) = (await PersonAsync("Bulk Boss"), await PersonAsync("Ana Duarte"));
        var mark = await AddAsync(me, Many);
        await using var window = await chromium.OpenAsync(me);
        var page = window.Page;
        await page.GotoAsync($"/customers?view=all&f.industry.is={mark}&size={PageSize}");
        Assert.True(await page.Locator(".bulkbar").IsHiddenAsync());

        await page.CheckAsync("#rows tr:nth-child(1) .ck input");
        await page.Locator("#rows tr:nth-child(25) .ck input").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await SelectedAsync(page, 25);
        Assert.True(await page.Locator("#foot").IsHiddenAsync());
        await page.ClickAsync(".bulkbar [rel=next]");
        await page.WaitForURLAsync(AfterPage);
        await SelectedAsync(page, 25);
        await page.CheckAsync("thead input");
        await page.ClickAsync(".bulkbar >> text=Change owner"); // at once: what was ticked last counts too
        await page.WaitForSelectorAsync("dialog h2:has-text('Change the owner of 46 customers')");
        Assert.Equal(5, await page.Locator("dialog .bulk-sample tbody tr").CountAsync());
        Assert.Empty(await window.ViolationsAsync());

        await page.Locator("dialog [role=combobox]").PressSequentiallyAsync("Ana Dua");
        await page.ClickAsync("dialog [role=option]:has-text('Ana Duarte')");
        await page.ClickAsync("dialog .btn-primary");
        await page.WaitForSelectorAsync(".toast:has-text('46 customers given to Ana Duarte')");
        Assert.Equal(Many, await OwnedAsync(ana, mark));
        Assert.True(await page.Locator(".bulkbar").IsHiddenAsync());

        await page.ClickAsync(".toast >> text=Undo");
        await page.WaitForSelectorAsync(".toast:has-text('46 records put back')");
        Assert.Equal(Many, await OwnedAsync(me, mark));
        window.AssertCalm();
    }

    [Fact]
    public async Task By_keyboard_rows_are_chosen_all_of_them_and_none()
    {
        var me = await PersonAsync("Bulk Keys");
        var mark = await AddAsync(me, 30);
        await using var window = await chromium.OpenAsync(me);
        var page = window.Page;
        await page.GotoAsync($"/customers?view=all&f.industry.is={mark}&size={PageSize}");
        await page.WaitForFunctionAsync("() => customElements.get('crm-table')");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await SelectedAsync(page, 2);
        Assert.Equal(["true", "true", "false"], await page.Locator("#rows .ck input").EvaluateAllAsync<string[]>("boxes => boxes.slice(0, 3).map(b => String(b.checked))"));
        Assert.Empty(await window.ViolationsAsync());
        await page.ReloadAsync();
        await SelectedAsync(page, 2);

        await page.ClickAsync(".bulkbar >> text=Select all 30 in this view");
        await SelectedAsync(page, 30);
        await page.Keyboard.PressAsync("]");
        await page.WaitForURLAsync(AfterPage);
        await page.UncheckAsync("#rows tr:nth-child(2) .ck input");
        await SelectedAsync(page, 29);

        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".bulkbar").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal(0, await page.Locator("#rows input:checked").CountAsync());
        await page.WaitForFunctionAsync("() => !document.querySelector('crm-table').busy");
        await page.ReloadAsync();
        Assert.True(await page.Locator(".bulkbar").IsHiddenAsync());
        window.AssertCalm();
    }

    [Fact]
    public async Task Very_many_are_changed_in_the_background_before_ones_eyes()
    {
        var me = await PersonAsync("Bulk Many");
        var mark = await AddAsync(me, 230);
        await using var window = await chromium.OpenAsync(me, width: 390, height: 844);
        var page = window.Page;
        await page.GotoAsync($"/customers?view=all&f.industry.is={mark}");
        await page.CheckAsync("#rows tr:nth-child(1) .ck input");
        await page.ClickAsync(".bulkbar >> text=Select all 230 in this view");
        await SelectedAsync(page, 230);
        Assert.Equal(0, await window.OverflowAsync());

        await page.ClickAsync(".bulkbar >> text=Edit fields");
        await page.CheckAsync("input[name=set][value=territory]");
        await page.FillAsync("[name=Territory]", "North");
        await page.ClickAsync(".bulk-form .btn-primary");
        await page.WaitForURLAsync(RunPage);
        await page.WaitForSelectorAsync("#progress[data-reload=done]");
        Assert.Contains("230 customers changed", await page.InnerTextAsync("#progress"), StringComparison.Ordinal);
        await page.ReloadAsync();
        Assert.Empty(await window.ViolationsAsync());
        Assert.Equal(230, await chromium.App.ReadAsync(db => db.Set<Customer>().CountAsync(c => c.Industry == mark && c.Territory == "North", Ct)));

        var run = page.Url;
        await page.ClickAsync(".form-foot >> text=Undo");
        await page.WaitForURLAsync(url => url != run && RunPage.IsMatch(url)); // taking back very many is work of its own
        await page.WaitForSelectorAsync("#progress[data-reload=done]");
        Assert.Contains("230 customers put back", await page.InnerTextAsync("#progress"), StringComparison.Ordinal);
        Assert.Equal(0, await chromium.App.ReadAsync(db => db.Set<Customer>().CountAsync(c => c.Industry == mark && c.Territory == "North", Ct)));
        window.AssertCalm();
    }

    private static Task SelectedAsync(IPage page, int count) => page.WaitForSelectorAsync($"#chosen [data-count='{count}']:text-is('{count}')");

    private Task<User> PersonAsync(string name) => People.AddAsync(chromium.App, name, BuiltInRoles.Administrator);

    private Task<int> OwnedAsync(User owner, string mark) => chromium.App.ReadAsync(db => db.Set<Customer>().CountAsync(c => c.Industry == mark && c.OwnerId == owner.Id, Ct));

    private Task<string> AddAsync(User owner, int count) => chromium.App.DoAsync(async services =>
    {
        var (mark, customers) = ($"b{Guid.NewGuid():N}"[..12], services.GetRequiredService<IRepository<Customer>>());
        for (var i = 0; i < count; i++)
        {
            var customer = new Customer { Name = $"Bulk {mark} {i:000}", Industry = mark };
            customer.Assign(owner.Id, People.North.Id);
            customers.Add(customer);
        }
        await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
        return mark;
    });

    [GeneratedRegex("after=", RegexOptions.None, 1_000)]
    private static partial Regex AfterPage { get; }

    [GeneratedRegex(@"/bulk/\d+$", RegexOptions.None, 1_000)]
    private static partial Regex RunPage { get; }
}
