using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Bulk;

/// <summary>Choosing rows of a list and changing them at once, without script.</summary>
public sealed class BulkPagesTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_ticked_stays_over_the_pages_and_is_given_away()
    {
        var (mark, ids) = await AddAsync(People.Sales, 5);
        await AddAsync(People.Other, 1, mark);
        var browser = await app.AsAsync(People.Admin);
        var first = await browser.OpenAsync($"/customers?view=all&f.industry.is={mark}&size=2");
        var next = first.Document.QuerySelector("#foot button[name=Then]")!.GetAttribute("value")!;

        var kept = await first.SubmitAsync("#picks", ("id", Id(ids[0])), ("id", Id(ids[1])), ("Then", next));
        Assert.Equal(next, kept.Location);
        var second = await browser.OpenAsync(kept.Location!);
        Assert.Equal("2 selected", second.TextOf("#chosen span"));
        Assert.False(second.Has("input[name=id][checked]"));
        var assign = second.Document.QuerySelector(".bulkbar button[name=Then]")!.GetAttribute("value")!;
        kept = await second.SubmitAsync("#picks", ("id", Id(ids[2])), ("Then", assign));
        var dialog = await browser.OpenAsync(kept.Location!);

        Assert.Equal("Change the owner of 3 customers", dialog.Title);
        Assert.Equal(3, dialog.Document.QuerySelectorAll(".bulk-sample tbody tr").Length);
        var done = await dialog.SubmitAsync(("OwnerId", Id(People.Marketing.Id)));
        var list = await browser.OpenAsync(done.Location!);

        Assert.Contains("3 customers given to Max Marketing", list.TextOf(".toast"), StringComparison.Ordinal);
        Assert.True(list.Has(".bulkbar[data-empty]"), "the selection is used up");
        Assert.Equal([.. ids[..3]], await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Industry == mark && c.OwnerId == People.Marketing.Id).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Ct)));

        await browser.PostAsync(list.Document.QuerySelector(".toast form")!.GetAttribute("action")!);
        Assert.Equal(5, await app.ReadAsync(db => db.Set<Customer>().CountAsync(c => c.Industry == mark && c.OwnerId == People.Sales.Id, Ct)));
    }

    [Fact]
    public async Task Chosen_rows_are_still_ticked_where_they_stand()
    {
        var (mark, ids) = await AddAsync(People.Sales, 3);
        var browser = await app.AsAsync(People.Admin);
        var address = $"/customers?view=new&f.industry.is={mark}&sort=name";

        await (await browser.OpenAsync(address)).SubmitAsync("#picks", ("id", Id(ids[1])));
        var page = await browser.OpenAsync(address);

        Assert.Equal(Id(ids[1]), page.Document.QuerySelector("input[name=id][checked]")!.GetAttribute("value"));
        Assert.True(page.Document.QuerySelector("#foot")!.HasAttribute("hidden"));
        await page.SubmitAsync("#picks", ("Clear", "true"));
        Assert.False((await browser.OpenAsync(address)).Has("input[name=id][checked]"));
    }

    [Fact]
    public async Task All_of_a_view_but_one_are_tagged()
    {
        var (mark, ids) = await AddAsync(People.Sales, 4);
        var browser = await app.AsAsync(People.Admin);
        var page = await browser.OpenAsync($"/customers?view=all&f.industry.is={mark}&size=2");
        await page.SubmitAsync("#picks", ("All", "true"));
        page = await browser.OpenAsync($"/customers?view=all&f.industry.is={mark}&size=2");
        Assert.Equal("4 selected", page.TextOf("#chosen span"));
        await page.SubmitAsync("#picks", ("id", Id(ids[0])));

        var dialog = await browser.OpenAsync($"/customers/bulk/tags?view=all&f.industry.is={mark}");
        Assert.Equal("Tags of 3 customers", dialog.Title);
        var wrong = await dialog.SubmitAsync(("AddTags", " "));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Name a tag to add or to take away."), (wrong.Status, wrong.ErrorFor("AddTags")));
        var done = await dialog.SubmitAsync(("AddTags", "fair, 展会"));

        Assert.Contains("Tags of 3 customers changed", (await browser.OpenAsync(done.Location!)).TextOf(".toast"), StringComparison.Ordinal);
        Assert.Equal([(ids[0], "fair, 展会"), (ids[1], ""), (ids[2], "fair, 展会"), (ids[3], "fair, 展会")], await TagsAsync(mark));
    }

    [Fact]
    public async Task Those_of_others_are_left_and_said()
    {
        var mark = (await AddAsync(People.Sales, 2)).Mark;
        await AddAsync(People.Support, 1, mark);
        var browser = await app.AsAsync(People.Sales);
        await (await browser.OpenAsync($"/customers?view=all&f.industry.is={mark}")).SubmitAsync("#picks", ("All", "true"));

        var dialog = await browser.OpenAsync($"/customers/bulk/fields?view=all&f.industry.is={mark}");
        Assert.Contains("1 of 3 customers is not yours to change and will be left.", dialog.Text, StringComparison.Ordinal);
        var done = await dialog.SubmitAsync(("set", "territory"), ("Territory", "North"), ("Source", "not ticked"));
        var list = await browser.OpenAsync(done.Location!);

        Assert.Contains("2 customers changed; 1 was left as it is", list.TextOf(".toast"), StringComparison.Ordinal);
        var run = await browser.OpenAsync(list.Document.QuerySelector(".toast a")!.GetAttribute("href")!);
        Assert.Contains("It is not yours to change.", run.Text, StringComparison.Ordinal);
        var file = await browser.OpenAsync(run.Document.QuerySelector("a[href$='/left']")!.GetAttribute("href")!);
        Assert.Equal("text/csv; charset=utf-8", file.Header("Content-Type"));
        Assert.Matches("^\uFEFF?ID,Name,Why it was left\r\n\\d+,Bulk [^,]+,It is not yours to change.\r\n$", file.Html);
        Assert.Equal([(null, "North"), (null, "North"), (null, null)], await app.ReadAsync(async db => (await db.Set<Customer>().Where(c => c.Industry == mark).OrderBy(c => c.Id).ToListAsync(Ct)).Select(c => (c.Source, c.Territory)).ToList()));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.AsAsync(People.Manager)).OpenAsync(new Uri(run.Answer.RequestMessage!.RequestUri!.ToString()).AbsolutePath)).Status);
    }

    [Fact]
    public async Task Hostile_ids_choose_nothing_of_others()
    {
        var (mark, ids) = await AddAsync(People.Other, 2);
        var browser = await app.AsAsync(People.Sales); // of another team: does not see them
        var page = Id(ids[0]) + "," + Id(ids[1]) + ",-1,x,99999999999999999999";

        var chosen = await browser.PostPartAsync("/customers/selection?view=atRisk", ("Page", page), ("id", Id(ids[0])), ("id", Id(ids[1])));
        var dialog = await browser.OpenAsync("/customers/bulk/deletion?view=atRisk");
        var refused = await browser.PostAsync("/customers/bulk/deletion?view=atRisk", ("shown", Guid.NewGuid().ToString()));

        Assert.Equal(HttpStatusCode.OK, chosen.Status);
        Assert.DoesNotContain(mark, dialog.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is selected", dialog.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(2, await app.ReadAsync(db => db.Set<Customer>().CountAsync(c => c.Industry == mark && c.DeletedAt == null, Ct)));
    }

    [Theory]
    [InlineData("/customers/bulk/everything")]
    [InlineData("/customers/bulk/0")]
    public async Task What_cannot_be_done_is_no_address(string address)
    {
        var browser = await app.AsAsync(People.Admin);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(address)).Status);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/customers?")]
    [InlineData("/settings/users")]
    public async Task After_choosing_nobody_is_led_elsewhere(string then)
    {
        var page = await (await app.AsAsync(People.Admin)).PostAsync("/customers/selection?view=atRisk", ("Page", ""), ("Then", then));

        Assert.StartsWith("/customers?view=atRisk", page.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_can_be_kept_is_refused_and_what_was_chosen_stays()
    {
        var browser = await app.AsAsync(People.Manager);
        foreach (var page in Enumerable.Range(0, Selection.MostIds / 200).Select(p => Enumerable.Range(1 + p * 200, 200).Select(i => Id(i + 1_000_000)).ToList()))
            await browser.PostPartAsync("/contacts/selection?view=noEmail", [("Page", string.Join(',', page)), .. page.Select(id => ("id", id))]);

        var refused = await browser.PostPartAsync("/contacts/selection?view=noEmail", ("Page", "5"), ("id", "5"));
        var tooBig = await browser.PostPartAsync("/contacts/selection?view=noEmail", ("Page", string.Join(',', Enumerable.Range(1, 201))));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.Status, tooBig.Status));
        Assert.Contains("At most 10,000 rows", refused.Html, StringComparison.Ordinal);
        var kept = await app.ReadAsync(db => db.Set<Selection>().SingleAsync(s => s.UserId == People.Manager.Id && s.Type == "Contact" && s.View == "noEmail", Ct));
        Assert.Equal((Selection.MostIds, false), (kept.Ids.Count, kept.Holds(5)));
    }

    [Fact]
    public async Task Who_may_not_change_many_has_no_boxes()
    {
        await AddAsync(People.Sales, 1);

        var page = await (await app.AsAsync(People.Support)).OpenAsync("/customers?view=all");

        Assert.True(page.Has("#rows tr"));
        Assert.False(page.Has("input[name=id]"));
        Assert.False(page.Has(".bulkbar"));
    }

    [Fact]
    public async Task Someone_who_is_not_there_is_no_new_owner_and_nothing_typed_is_lost()
    {
        var (mark, _) = await AddAsync(People.Sales, 2);
        var browser = await app.AsAsync(People.Admin);
        await (await browser.OpenAsync($"/customers?view=noNextStep&f.industry.is={mark}")).SubmitAsync("#picks", ("All", "true"));
        var dialog = await browser.OpenAsync($"/customers/bulk/owner?view=noNextStep&f.industry.is={mark}");

        var nobody = await dialog.SubmitAsync(("OwnerId", ""));
        var stranger = await dialog.SubmitAsync(("OwnerId", "424242"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Choose who is to get them."), (nobody.Status, nobody.ErrorFor("OwnerId")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.Status);
        Assert.NotEqual("", stranger.ErrorFor("OwnerId"));
        Assert.Equal(2, stranger.Document.QuerySelectorAll(".bulk-sample tbody tr").Length);
    }

    private async Task<(string Mark, List<long> Ids)> AddAsync(User owner, int count, string? mark = null)
    {
        var made = mark ?? $"m{Guid.NewGuid():N}"[..12];
        var ids = new List<long>();
        for (var i = 0; i < count; i++)
        {
            var customer = new Customer { Name = $"Bulk {made} {(mark is null ? "" : "z")}{i}", Industry = made };
            customer.Assign(owner.Id, owner == People.Other ? People.South.Id : People.North.Id);
            ids.Add((await app.AddAsync(customer)).Id);
        }
        return (made, ids);
    }

    private Task<List<(long, string)>> TagsAsync(string mark) => app.ReadAsync(async db =>
        (await db.Set<Customer>().Where(c => c.Industry == mark).OrderBy(c => c.Id).ToListAsync(Ct)).ConvertAll(c => (c.Id, string.Join(", ", c.Tags))));

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
