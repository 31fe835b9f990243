using CrmWeb.BrowserTests.Common;
using CrmWeb.WebTests.Common;

namespace CrmWeb.BrowserTests.Customers;

/// <summary>What sales staff do with customers all day.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class CustomerJourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_new_customer_is_found_by_four_kinds_of_fragments()
    {
        await using var window = await chromium.OpenAsync(People.Sales);
        var page = window.Page;
        await page.GotoAsync("/customers");
        await page.ClickAsync("a.btn-primary[href='/customers/new']");
        await page.FillAsync("dialog [name=Name]", "清河仪器（苏州）有限公司");
        await page.FillAsync("dialog [name=Phone]", "+86 512 5555 0180");
        await page.FillAsync("dialog [name=Email]", "info@qinghe.example");
        await page.ClickAsync("dialog button.btn-primary");
        await page.WaitForSelectorAsync(".rec-head h1");
        Assert.Contains("清河仪器", await page.InnerTextAsync("h1"), StringComparison.Ordinal);

        foreach (var fragment in new[] { "仪器", "qhyq", "info@qinghe.example", "5555 0180" })
        {
            await page.GotoAsync($"/customers?q={Uri.EscapeDataString(fragment)}");
            Assert.Contains("清河仪器", await page.InnerTextAsync("#rows"), StringComparison.Ordinal);
        }
        await page.Keyboard.PressAsync("Control+k");
        await page.FillAsync("crm-palette input", "qhyq");
        await page.WaitForSelectorAsync("crm-palette [role=option]:has-text('清河仪器')");
        window.AssertCalm();
    }

    [Fact]
    public async Task A_call_is_logged_with_its_next_step()
    {
        var id = await CreateAsync("Norrland Timber AB");
        await using var window = await chromium.OpenAsync(People.Sales);
        var page = window.Page;

        await page.GotoAsync($"/customers/{id}");
        await page.ClickAsync("#tab-Call");
        await page.FillAsync("#form-Call [name=Body]", "Wants the extended warranty split out");
        await page.FillAsync("#form-Call [name=NextStep]", "Send revised quote");
        await page.FillAsync("#form-Call [name=NextStepOn]", "tomorrow");
        await page.ClickAsync("#form-Call button[type=submit]");
        await page.WaitForSelectorAsync(".tl-card");

        Assert.Contains("Wants the extended warranty split out", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Send revised quote", await page.InnerTextAsync(".kpis"), StringComparison.Ordinal);
        await page.GotoAsync("/today");
        Assert.Contains("Send revised quote", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        window.AssertCalm();
    }

    [Fact]
    public async Task Two_people_who_edit_one_field_meet_on_the_conflict_page()
    {
        var id = await CreateAsync("Ironbridge Castings");
        await using var first = await chromium.OpenAsync(People.Sales);
        await using var second = await chromium.OpenAsync(People.Support);
        await first.Page.GotoAsync($"/customers/{id}/edit");
        await second.Page.GotoAsync($"/customers/{id}/edit");

        await first.Page.FillAsync("[name=Industry]", "Foundry");
        await first.Page.ClickAsync(".form-foot .btn-primary");
        await first.Page.WaitForSelectorAsync(".rec-head");
        await second.Page.FillAsync("[name=Industry]", "Castings");
        await second.Page.FillAsync("[name=City]", "Telford");
        await second.Page.ClickAsync(".form-foot .btn-primary");
        await second.Page.WaitForSelectorAsync(".conf");
        Assert.Contains("Foundry", await second.Page.InnerTextAsync(".conf"), StringComparison.Ordinal);
        await second.Page.CheckAsync(".conf tbody tr td:nth-child(3) input");
        await second.Page.ClickAsync(".conf .btn-primary");
        await second.Page.WaitForSelectorAsync(".rec-head");

        var facts = await second.Page.InnerTextAsync("main");
        Assert.Contains("Castings", facts, StringComparison.Ordinal);
        Assert.Contains("Telford", facts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task At_phone_width_with_and_without_script_the_main_path_works(bool script)
    {
        var name = script ? "Busy Harbour Ltd" : "Quiet Harbour Ltd";
        await using var window = await chromium.OpenAsync(People.Sales, width: 390, height: 844, script: script);
        var page = window.Page;

        await page.GotoAsync("/customers/new");
        await page.FillAsync("[name=Name]", name);
        await page.ClickAsync(".form-foot .btn-primary");
        await page.WaitForSelectorAsync(".rec-head");
        await page.FillAsync("#form-Note [name=Body]", "They have moved");
        await page.ClickAsync("#form-Note button[type=submit]");
        await page.WaitForSelectorAsync(".tl-card");

        Assert.Contains("They have moved", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    private async Task<long> CreateAsync(string name)
    {
        await using var window = await chromium.OpenAsync(People.Sales);
        await window.Page.GotoAsync("/customers/new");
        await window.Page.FillAsync("[name=Name]", name);
        await window.Page.ClickAsync(".form-foot .btn-primary");
        await window.Page.WaitForSelectorAsync(".rec-head");
        return long.Parse(new Uri(window.Page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
