using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Records;

/// <summary>What stands beside a list: how many its other views hold, and a record looked at without leaving it.</summary>
public sealed class ListPartsTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Views_that_are_not_open_tell_how_many_they_hold()
    {
        await CreateAsync("Counted Castings", "Zinc casting");
        await CreateAsync("Counted Cranes", "Cranes");
        var browser = await app.AsAsync(People.Admin);
        await browser.OpenAsync("/customers");
        var saved = await browser.PostAsync("/views/Customer", ("Name", "Zinc"), ("Audience", "Me"), ("Query", "f.industry.is=Zinc casting"));
        var list = await browser.OpenAsync("/customers?view=all");
        var tab = list.Document.QuerySelectorAll(".views a").Single(a => a.TextContent.Trim().StartsWith("Zinc", StringComparison.Ordinal));
        var place = tab.QuerySelector(".c")!.Id!;
        Assert.NotNull(saved.Location);
        Assert.True(list.Has("[hx-get='/customers/counts?view=all']"));

        var counts = await browser.FetchAsync("/customers/counts?view=all");

        Assert.Equal("1", counts.TextOf($"#{place}"));
        Assert.False(counts.Has("#count-all"));
        Assert.Equal("1", (await browser.OpenAsync("/customers?view=all")).TextOf($"#{place}")); // known by now, without asking again
    }

    [Fact]
    public async Task An_empty_list_names_the_condition_that_excludes_most()
    {
        await CreateAsync("Knotted Ropes", "Ropes");
        await CreateAsync("Braided Ropes", "Ropes");
        var browser = await app.AsAsync(People.Admin);

        var empty = await browser.OpenAsync("/customers?view=all&f.industry.is=Ropes&f.city.is=Nowhere&f.name.has=Braided");

        Assert.Equal("Without “City is Nowhere” there are 1", empty.TextOf(".empty p a"));
        var found = await browser.OpenAsync(empty.Document.QuerySelector(".empty p a")!.GetAttribute("href")!);
        Assert.Equal("Braided Ropes", found.TextOf("#rows .cell-name a"));
        Assert.False((await browser.OpenAsync("/customers?view=all&f.industry.is=None&f.city.is=Nowhere")).Has(".empty p a")); // no single one is to blame
        Assert.False((await browser.OpenAsync("/customers?view=all&f=none&q=nobody+is+called+this")).Has(".empty p a"));
    }

    [Fact]
    public async Task Values_can_be_changed_in_the_rows_that_are_the_readers_to_change()
    {
        var mark = Guid.NewGuid().ToString("N");
        var mine = await CreateAsync("Cells of mine", mark, People.Marketing.Id);
        await CreateAsync("Cells of his", mark, People.Sales.Id);

        var list = await (await app.AsAsync(People.Marketing)).OpenAsync($"/customers?f.industry.is={mark}&cols=name,industry,email,lifecycle,annualRevenue");
        var reader = await (await app.AsAsync(People.ReadOnly)).OpenAsync($"/customers?f.industry.is={mark}&cols=name,industry");

        Assert.Equal(["industry", "annualRevenue"], list.Document.QuerySelectorAll("th[data-edit]:not([data-edit=''])").Select(h => h.GetAttribute("data-edit")));
        Assert.Equal(2, list.Document.QuerySelectorAll("#rows tr").Length);
        Assert.Equal([$"{mine}"], list.Document.QuerySelectorAll("#rows tr.open").Select(r => r.GetAttribute("data-id")));
        Assert.False(reader.Has("tr.open"));
    }

    [Fact]
    public async Task A_preview_tells_the_most_of_a_record_and_leads_to_it()
    {
        var id = await CreateAsync("Previewed Pumps", "Pumps");
        var browser = await app.AsAsync(People.Admin);

        var page = await browser.OpenAsync($"/customers/{id}/preview");

        Assert.Equal("Previewed Pumps", page.Title);
        Assert.True(page.Has(".brief"));
        Assert.Contains("Pumps", page.TextOf("dl.kv"), StringComparison.Ordinal);
        Assert.True(page.Has($"a[href='/customers/{id}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/customers/999999999/preview")).Status);
        Assert.False(page.Has("main .editable"));
    }

    private Task<long> CreateAsync(string name, string industry, long? owner = null) =>
        app.DoAsync(services => services.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = name, ["industry"] = industry, ["owner"] = owner }, Ct));
}
