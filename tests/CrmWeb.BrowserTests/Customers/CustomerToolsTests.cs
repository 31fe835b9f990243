using System.Globalization;
using CrmWeb.BrowserTests.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Customers;

/// <summary>What script adds to the pages of customers: filters, dialogs, doubles while typing, dropped files, editing in place, keys.</summary>
[Collection("browser")] // one journey at a time: they share the machine with the app
public sealed class CustomerToolsTests(Chromium chromium)
{
    [Fact]
    public async Task A_filter_is_put_together_and_taken_off()
    {
        await CreateAsync("Filterable Forge AB", ("industry", "Forges"));
        await CreateAsync("Filterable Foods AB", ("industry", "Foods"));
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync("/customers?q=Filterable");

        await page.ClickAsync("details.chip-add summary");
        await page.SelectOptionAsync("#add-field", "industry");
        await page.WaitForSelectorAsync("#add-filter [name='add.value']");
        await page.FillAsync("#add-filter [name='add.value']", "forge");
        await page.ClickAsync("#add-filter .btn-primary");
        await page.WaitForSelectorAsync(".chip b:text('forge')");

        Assert.Equal(1, await page.Locator("#rows tr").CountAsync());
        await page.ClickAsync(".chip a.rm");
        await page.WaitForSelectorAsync("#rows tr:nth-child(2)");
        await page.ClickAsync("details.chip-add summary");
        await page.SelectOptionAsync("#add-field", "createdAt");
        await page.SelectOptionAsync("#add-op", "in");
        Assert.True(await page.IsVisibleAsync("[name='add.period']"));
        Assert.False(await page.IsVisibleAsync("[name='add.value']"));
        window.AssertCalm();
    }

    [Fact]
    public async Task A_condition_is_changed_gets_an_alternative_and_a_row_is_looked_at_beside_the_list()
    {
        await CreateAsync("Alternative Anvils AB", ("industry", "Anvils"));
        await CreateAsync("Alternative Axles AB", ("industry", "Axles"));
        await CreateAsync("Alternative Awnings AB", ("industry", "Awnings"));
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync("/customers?view=all&q=Alternative&f.industry.is=Axles");

        await page.ClickAsync(".chip-text");
        await page.FillAsync("#add-filter [name='add.value']", "Anvils");
        await page.ClickAsync("#add-filter .btn-primary");
        await page.WaitForSelectorAsync(".chip b:text('Anvils')");
        Assert.Equal("Alternative Anvils AB", await page.InnerTextAsync("#rows .cell-name a"));

        await page.ClickAsync(".chip-text");
        await page.ClickAsync(".pop-panel a");
        await page.SelectOptionAsync("#add-field", "industry");
        await page.SelectOptionAsync("#add-op", "starts");
        await page.FillAsync("#add-filter [name='add.value']", "Awn");
        await page.ClickAsync("#add-filter .btn-primary");
        await page.WaitForSelectorAsync(".chip-any .or");
        Assert.Equal(2, await page.Locator("#rows tr").CountAsync());

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Space");
        await page.WaitForSelectorAsync("dialog.drawer[open] .brief");
        Assert.StartsWith("Alternative A", await page.InnerTextAsync("dialog.drawer h2"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForSelectorAsync("dialog.drawer", new() { State = WaitForSelectorState.Hidden });
        window.AssertCalm();
    }

    [Fact]
    public async Task What_is_typed_before_the_scripts_of_a_list_are_there_filters_it_too()
    {
        await CreateAsync("Early Typist AB");
        await CreateAsync("Late Typist AB");
        await using var window = await chromium.OpenAsync(People.Admin);
        var (page, hold) = (window.Page, new TaskCompletionSource());
        await page.RouteAsync(url => url.Contains("crm-live-input", StringComparison.Ordinal) || url.Contains("crm-filterbar", StringComparison.Ordinal), async route =>
        {
            await hold.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/customers?view=all&f=none", new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        await page.FillAsync("#quick", "Early Typist");
        hold.SetResult();

        await page.WaitForFunctionAsync("() => document.querySelectorAll('#rows tr').length === 1");
        window.AssertCalm();
    }

    [Fact]
    public async Task A_double_is_shown_while_the_name_is_typed()
    {
        await CreateAsync("Doubleday Instruments Ltd");
        await using var window = await chromium.OpenAsync(People.Admin);
        await window.Page.GotoAsync("/customers/new");

        await window.Page.Locator("[name=Name]").PressSequentiallyAsync("Doubleday Instruments");

        await window.Page.WaitForSelectorAsync("crm-duplicates a:has-text('Doubleday Instruments Ltd')");
        window.AssertCalm();
    }

    [Fact]
    public async Task Files_are_sent_as_they_are_chosen_and_a_refused_one_is_told()
    {
        var id = await CreateAsync("Paper Mill AB");
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync($"/customers/{id}");

        await page.SetInputFilesAsync("#File", [File("one.txt", "first"), File("two.txt", "second")]);
        await page.WaitForSelectorAsync("#file-list li:nth-child(2)");
        await page.SetInputFilesAsync("#File", [File("virus.exe", "MZ")]);
        await page.WaitForSelectorAsync(".toast-bad:has-text('virus.exe')");

        await page.ReloadAsync();
        Assert.Equal(2, await page.Locator("#file-list li").CountAsync());
        window.AssertCalm();
    }

    [Fact]
    public async Task A_PDF_is_drawn_page_by_page_and_a_damaged_one_only_saved()
    {
        var id = await CreateAsync("Printing House AB");
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync($"/customers/{id}");
        await page.SetInputFilesAsync("#File", [Pdf("offer.pdf", pages: 2), new() { Name = "broken.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7\nnothing"u8.ToArray() }]);
        await page.WaitForSelectorAsync("#file-list li:nth-child(2)");

        await page.ClickAsync("#file-list a:has-text('offer.pdf')");
        await page.WaitForSelectorAsync("crm-pdf canvas[aria-label='Page 1 of 2']");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('crm-pdf canvas').getContext('2d').getImageData(0, 0, 1600, 1600).data.some((v, i) => i % 4 < 3 && v < 128)"), "the page is blank");
        await page.ClickAsync("crm-pdf [data-by='1']");
        await page.WaitForSelectorAsync("crm-pdf canvas[aria-label='Page 2 of 2']");
        Assert.True(await page.IsDisabledAsync("crm-pdf [data-by='1']"));
        window.AssertCalm();

        await page.GotoAsync($"/customers/{id}");
        await page.ClickAsync("#file-list a:has-text('broken.pdf')");
        await page.WaitForSelectorAsync(".file .btn-primary");
        await page.WaitForSelectorAsync("crm-pdf", new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>A file with nothing in it but pages that say their number.</summary>
    private static FilePayload Pdf(string name, int pages)
    {
        var (text, at) = (new System.Text.StringBuilder("%PDF-1.4\n"), new List<int>());
        void Add(string body)
        {
            at.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{at.Count} 0 obj\n{body}\nendobj\n");
        }

        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add($"<< /Type /Pages /Count {pages} /Kids [{string.Join(' ', Enumerable.Range(0, pages).Select(n => $"{4 + (2 * n)} 0 R"))}] >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        for (var n = 1; n <= pages; n++)
        {
            var draw = $"BT /F 72 Tf 60 700 Td (Page {n}) Tj ET 60 100 200 300 re f";
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {at.Count + 2} 0 R /Resources << /Font << /F 3 0 R >> >> >>");
            Add($"<< /Length {draw.Length} >>\nstream\n{draw}\nendstream");
        }
        var table = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {at.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in at)
            text.Append(CultureInfo.InvariantCulture, $"{place:0000000000} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer << /Size {at.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return new() { Name = name, MimeType = "application/pdf", Buffer = System.Text.Encoding.ASCII.GetBytes(text.ToString()) };
    }

    [Fact]
    public async Task Owner_consent_and_relationship_are_changed_in_dialogs()
    {
        var (id, _) = (await CreateAsync("Dialogue AB"), await CreateAsync("Dialogue Partner GmbH"));
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync($"/customers/{id}");

        await page.ClickAsync("a[href^='/consents/new']");
        await page.FillAsync("dialog [name=Source]", "trade fair");
        await page.ClickAsync("dialog .btn-primary");
        await page.WaitForSelectorAsync(".card:has-text('trade fair')");
        await page.ClickAsync("a[href^='/relationships/new']");
        await page.CheckAsync("dialog [name=Kind][value=PartnerOf]");
        await page.Locator("dialog [role=combobox]").PressSequentiallyAsync("Dialogue Part");
        await page.ClickAsync("dialog [role=option]:has-text('Dialogue Partner')");
        await page.ClickAsync("dialog .btn-primary");
        await page.WaitForSelectorAsync(".card:has-text('Partner of Dialogue')");
        await page.ClickAsync(".rec-head crm-menu button");
        await page.ClickAsync("[role=menuitem][href$='/owner']");
        await page.Locator("dialog [role=combobox]").PressSequentiallyAsync("Otto");
        await page.ClickAsync("dialog [role=option]:has-text('Otto Other')");
        await page.ClickAsync("dialog .btn-primary");
        await page.WaitForSelectorAsync(".kv dd:has-text('Otto Other')");
        window.AssertCalm();
    }

    [Fact]
    public async Task A_list_is_walked_and_a_fact_changed_by_keys_alone()
    {
        await CreateAsync("Keyboard Works AB", ("industry", "Keys"));
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync("/today");

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        await page.WaitForURLAsync("**/customers");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("Keyboard Works");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#rows tr').length === 1");
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".rec-head h1");
        await page.FocusAsync(".kv .editable:has-text('Keys')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".inline-form input[name=Industry]");
        await page.Keyboard.TypeAsync("Locks");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".kv .editable:has-text('Locks')");
        window.AssertCalm();
    }

    [Fact]
    public async Task A_fact_that_was_changed_stands_in_the_head_too_whose_menu_goes_on_working()
    {
        var id = await CreateAsync("Moving Works AB", ("city", "Lund"));
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync($"/customers/{id}");
        await page.ClickAsync("crm-inline[data-edit$='/city'] .editable");
        await page.FillAsync(".inline-form input[name=City]", "Uppsala");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForSelectorAsync(".rec-head .subline:has-text('Uppsala')");
        await page.ClickAsync(".rec-head crm-menu button");
        await page.ClickAsync(".rec-head crm-menu >> text=Delete");
        await page.WaitForSelectorAsync(".toast:has-text('Moving Works AB')");

        Assert.NotNull(await chromium.App.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == id).Select(c => c.DeletedAt).SingleAsync(TestContext.Current.CancellationToken)));
        window.AssertCalm();
    }

    [Fact]
    public async Task A_value_is_changed_in_its_cell_and_that_taken_back()
    {
        var id = await CreateAsync("Cell Works AB", ("industry", "Cells"), ("city", "Lund"));
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync("/customers?q=Cell Works&cols=name,industry,city");
        await page.WaitForSelectorAsync("#rows td .editable:has-text('Lund')");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("e"); // the first cell that can be changed
        await page.WaitForSelectorAsync("#rows .inline-form input[name=Industry]");
        Assert.Empty(await window.ViolationsAsync());
        await page.Keyboard.TypeAsync("Batteries");
        await page.Keyboard.PressAsync("Tab"); // saves and goes on to the next
        await page.WaitForSelectorAsync("#rows .editable:has-text('Batteries')");
        await page.WaitForSelectorAsync("#rows .inline-form input[name=City]");
        await page.Keyboard.PressAsync("Escape");
        await page.ClickAsync(".toast:has-text('Industry saved') >> text=Undo");
        await page.WaitForSelectorAsync("#rows td:has-text('Cells')");

        Assert.Equal("Cells", await chromium.App.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == id).Select(c => c.Industry).SingleAsync(TestContext.Current.CancellationToken)));
        window.AssertCalm();
    }

    private static FilePayload File(string name, string content) => new() { Name = name, MimeType = "application/octet-stream", Buffer = System.Text.Encoding.UTF8.GetBytes(content) };

    private Task<long> CreateAsync(string name, params (string Field, object Value)[] more) => chromium.App.DoAsync(services =>
    {
        var values = new FieldValues { ["name"] = name };
        foreach (var (field, value) in more)
            values[field] = value;
        return services.GetRequiredService<IRecordService<Customer>>().CreateAsync(values, TestContext.Current.CancellationToken);
    });
}
