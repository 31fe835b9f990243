using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.SavedViews;

/// <summary>Views of a list: kept under a name, shared, changed, put back, pinned; as it works without script.</summary>
public sealed class SavedViewTests : IAsyncLifetime
{
    private CrmApp app = null!;

    public async ValueTask InitializeAsync() => app = await CrmApp.StartAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_changed_view_stays_changed_for_its_person_until_it_is_put_back()
    {
        var desk = await app.AsAsync(People.Sales);
        var changed = await desk.OpenAsync("/customers?view=all&f.industry.is=Forges&sort=city");
        Assert.True(changed.Has(".unsaved"));

        var phone = await app.AsAsync(People.Sales);
        Assert.Contains("Forges", (await phone.OpenAsync("/customers")).TextOf(".chip"), StringComparison.Ordinal);
        Assert.Contains("Forges", (await phone.OpenAsync("/customers?view=all")).TextOf(".chip"), StringComparison.Ordinal);
        Assert.False((await (await app.AsAsync(People.Support)).OpenAsync("/customers")).Has(".unsaved"));

        Assert.Equal("/customers?view=all", (await desk.PostAsync("/views/Customer/all/reset")).Location);
        Assert.False((await phone.OpenAsync("/customers?view=all")).Has(".unsaved"));
    }

    [Fact]
    public async Task The_last_condition_of_a_view_can_be_taken_off_and_a_bare_address_opens_what_was_open_last()
    {
        var desk = await app.AsAsync(People.Sales);
        var mine = await desk.OpenAsync("/customers?view=mine");
        Assert.False(mine.Has(".unsaved"));

        var without = await desk.OpenAsync(Attribute(mine, ".chip .rm", "href"));

        Assert.False(without.Has(".chip .rm"));
        Assert.True(without.Has(".unsaved"));
        var again = await desk.OpenAsync("/customers");
        Assert.StartsWith("Mine", again.TextOf(".views [aria-current]"), StringComparison.Ordinal);
        Assert.True(again.Has(".unsaved"));
        Assert.StartsWith("All customers", (await desk.OpenAsync("/customers?q=ab")).TextOf(".views [aria-current]"), StringComparison.Ordinal); // a search from elsewhere is over all
    }

    [Theory]
    [InlineData("totals")]
    [InlineData("columns")]
    [InlineData("export")]
    public async Task A_list_somebody_was_sent_is_not_his_view_until_he_goes_on_with_it(string part)
    {
        var desk = await app.AsAsync(People.Manager);
        Assert.True((await desk.OpenAsync("/customers?f.industry.is=Forges")).Has(".chip .rm"));

        Assert.Equal(HttpStatusCode.OK, (await desk.OpenAsync($"/customers/{part}?view=all&f.industry.is=Forges")).Status); // as its page asks for it

        Assert.False((await desk.OpenAsync("/customers")).Has(".chip .rm"));
    }

    [Fact]
    public async Task A_view_is_kept_shown_to_the_team_and_changed_by_its_owner_alone()
    {
        var (owner, colleague, stranger) = (await app.AsAsync(People.Sales), await app.AsAsync(People.Support), await app.AsAsync(People.Other));

        var kept = await owner.PostAsync("/views/Customer", ("Name", "Forges of ours"), ("Audience", "Team"), ("Query", "f.industry.is=Forges&sort=city&dir=desc"));
        var address = kept.Location!;
        var id = address.Split('=')[1];

        Assert.StartsWith("Forges of ours", (await owner.OpenAsync(address)).TextOf(".views [aria-current]"), StringComparison.Ordinal);
        Assert.Contains("Forges", (await colleague.OpenAsync(address)).TextOf(".chip"), StringComparison.Ordinal);
        Assert.DoesNotContain("Forges of ours", (await stranger.OpenAsync("/customers")).TextOf(".views"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.OpenAsync(address)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.OpenAsync($"/views/{id}/edit")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/views/{id}/edit")).Status);

        var changed = await owner.OpenAsync($"/customers?view={id}&f.industry.is=Foods");
        var version = Attribute(changed, ".unsaved [name=version]", "value");
        Assert.Equal(address, (await owner.PostAsync($"/views/{id}/state", ("version", version), ("query", Attribute(changed, ".unsaved [name=query]", "value")))).Location);
        Assert.Contains("Foods", (await colleague.OpenAsync(address)).TextOf(".chip"), StringComparison.Ordinal);
        Assert.False((await owner.OpenAsync(address)).Has(".unsaved"));
        Assert.Equal(HttpStatusCode.Conflict, (await owner.PostAsync($"/views/{id}/state", ("version", version), ("query", ""))).Status);

        var edit = await owner.OpenAsync($"/views/{id}/edit");
        await owner.PostAsync($"/views/{id}/edit", ("Version", edit.Value("Version")!), ("Name", "Only mine"), ("Audience", "Me"));
        Assert.DoesNotContain("Only mine", (await colleague.OpenAsync("/customers?view=all")).TextOf(".views"), StringComparison.Ordinal);
        edit = await owner.OpenAsync($"/views/{id}/edit");
        await owner.PostAsync($"/views/{id}/deletion", ("Version", edit.Value("Version")!));
        Assert.DoesNotContain("Only mine", (await owner.OpenAsync("/customers?view=all")).TextOf(".views"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sharing_needs_its_right_and_what_does_not_fit_is_told_with_everything_kept()
    {
        var reader = await app.AsAsync(People.ReadOnly);
        Assert.False((await reader.OpenAsync("/views/Customer/new")).Has("input[type=radio][name=Audience]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync("/views/Customer", ("Name", "For all"), ("Audience", "Everyone"), ("Query", ""))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await reader.PostAsync("/views/Customer", ("Name", "For me"), ("Audience", "Me"), ("Query", ""))).Status);

        var nameless = await reader.PostAsync("/views/Customer", ("Name", " "), ("Audience", "Me"), ("Query", "f.industry.is=Forges"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.Status);
        Assert.NotEmpty(nameless.ErrorFor("Name"));
        Assert.Equal("f.industry.is=Forges", nameless.Value("Query"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.PostAsync("/views/Customer", ("Name", "Odd"), ("Audience", "Me"), ("Query", "f.secret.is=1"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.OpenAsync("/views/Nothing/new")).Status);
    }

    [Fact]
    public async Task A_pinned_view_stands_in_the_sidebar()
    {
        var browser = await app.AsAsync(People.Marketing);
        await browser.PostAsync("/views/Customer/mine/pin", ("isPinned", "true"));
        await app.DoAsync(s => s.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Forge", ["owner"] = People.Marketing.Id }, TestContext.Current.CancellationToken));
        var before = await browser.OpenAsync("/today");
        Assert.True(before.Has(".nav a[href='/customers?view=mine']"));
        var counts = await browser.FetchAsync(Attribute(before, ".nav [hx-trigger=load]", "hx-get")); // a page does not wait for them
        Assert.Equal("1", counts.TextOf("#pinned-Customer-mine[hx-swap-oob]"));
        var after = await browser.OpenAsync("/today");
        Assert.Equal(("1", false), (after.TextOf("#pinned-Customer-mine"), after.Has(".nav [hx-trigger=load]")));

        await browser.PostAsync("/views/Customer/mine/pin", ("isPinned", "false"));
        Assert.False((await browser.OpenAsync("/today")).Has(".nav a[href='/customers?view=mine']"));
    }

    [Fact]
    public async Task Columns_are_chosen_and_moved()
    {
        var browser = await app.AsAsync(People.Sales);

        var form = await browser.OpenAsync("/customers/columns?col=owner&col=name&col=city&move=city.up&f.industry.is=Forges");
        Assert.Equal(["owner", "city", "name"], form.Document.QuerySelectorAll("input[name=col][checked]").Select(c => c.GetAttribute("value")));
        Assert.Equal("Forges", form.Value("f.industry.is"));

        var list = await browser.OpenAsync("/customers?view=all&f.industry.is=Forges&col=owner&col=city&col=password");
        Assert.Equal("/customers?view=all&f.industry.is=Forges&cols=owner,city", Uri.UnescapeDataString(list.Location!));
    }

    [Fact]
    public async Task A_column_has_a_width_that_a_view_keeps()
    {
        var browser = await app.AsAsync(People.Marketing);
        await app.DoAsync(s => s.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Forge", ["owner"] = People.Marketing.Id }, TestContext.Current.CancellationToken));
        var form = await browser.OpenAsync("/customers/columns?view=all&col=name&col=city&w.city=Narrow&col=owner&move=owner.up");
        Assert.Equal(("Narrow", ""), (form.Value("w.city"), form.Value("w.owner")));

        var chosen = await browser.OpenAsync("/customers?view=all&col=name&col=city&w.city=Narrow&w.name=&w.owner=Huge&col=owner");
        Assert.Equal("/customers?view=all&f=none&cols=name,city~narrow,owner", Uri.UnescapeDataString(chosen.Location!));
        var list = await browser.OpenAsync(chosen.Location!);
        Assert.Equal(["w-wide", "w-narrow", "w-normal"], list.Document.QuerySelectorAll("col:not(.w-ck)").Select(c => c.ClassName));
        Assert.True(list.Has(".unsaved"));
        var kept = await browser.PostAsync("/views/Customer", ("Name", "Narrow cities"), ("Audience", "Me"), ("Query", "cols=name,city~narrow,owner"));
        Assert.True((await browser.OpenAsync(kept.Location!)).Has("col.w-narrow"));
        Assert.False((await browser.OpenAsync("/contacts?view=all")).Has("colgroup"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.OpenAsync("/customers?cols=name~huge")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.OpenAsync("/customers?cols=name~7")).Status);
    }

    private static string Attribute(Page page, string selector, string name) => page.Document.QuerySelector(selector)!.GetAttribute(name)!;
}
