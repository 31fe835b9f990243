using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Records;

/// <summary>The history of a record says who changed what, and gives a former value back.</summary>
public sealed class HistoryTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_save_is_told_in_the_words_of_its_reader_the_newest_first()
    {
        var browser = await app.AsAsync(People.Sales);
        var parent = await NewAsync(browser, "Told Group");
        var id = await NewAsync(browser, "Told AB");
        await EditAsync(browser, id, ("AnnualRevenue", "1234.5"), ("Rating", "B"), ("Country", "Sweden"), ("ParentId", Text(parent)), ("Roles", "Partner"));
        await EditAsync(await app.AsAsync(People.Manager), id, ("AnnualRevenue", ""), ("Country", "Norway"));

        var page = await browser.OpenAsync($"/customers/{id}/history");

        Assert.Equal("History of Told AB", page.Title);
        Assert.Equal(["Mia Manager changed it", "Sam Sales changed it", "Sam Sales created it"], page.Document.QuerySelectorAll(".tl-head > span").Select(s => s.TextContent.Trim()));
        Assert.Equal(["Annual revenue €1,234.50 → None", "Country Sweden → Norway"], Changes(page, 0));
        Assert.Equal(["Roles End customer → Partner", "Parent None → Told Group", "Annual revenue None → €1,234.50", "Rating None → B", "Country None → Sweden"], Changes(page, 1));
    }

    [Fact]
    public async Task A_former_value_is_put_back_by_an_edit_that_can_be_undone()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Back AB");
        await EditAsync(browser, id, ("City", "Bergen"));
        await EditAsync(browser, id, ("City", "Oslo"), ("Industry", "Fish"));
        var page = await browser.OpenAsync($"/customers/{id}/history");

        var back = await page.SubmitAsync(".tl-item:first-child form[action$='/city']");

        Assert.Equal($"/customers/{id}/history", back.Location);
        Assert.Equal(("Bergen", "Fish"), await StateAsync(id));
        page = await browser.OpenAsync(back.Location!);
        Assert.Equal("City put back. Undo", page.TextOf("#toasts"));
        Assert.Equal(["City Oslo → Bergen"], Changes(page, 0));
        await page.SubmitAsync("#toasts form");
        Assert.Equal(("Oslo", "Fish"), await StateAsync(id));
    }

    [Fact]
    public async Task A_value_that_breaks_a_rule_by_now_is_refused_with_its_reason()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Ruled AB");
        await EditAsync(browser, id, ("ExternalSource", "erp"), ("ExternalId", $"x{id}"));
        await EditAsync(browser, id, ("ExternalSource", ""), ("ExternalId", ""));

        var page = await (await browser.OpenAsync($"/customers/{id}/history")).SubmitAsync(".tl-item:first-child form[action$='/externalId']");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotEmpty(page.Errors);
        Assert.Equal("History of Ruled AB", page.Title);
    }

    [Fact]
    public async Task What_someone_changed_since_the_page_was_shown_is_asked_about()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Raced AB");
        await EditAsync(browser, id, ("City", "Bergen"));
        await EditAsync(browser, id, ("City", "Oslo"));
        var page = await browser.OpenAsync($"/customers/{id}/history");
        await EditAsync(await app.AsAsync(People.Manager), id, ("City", "Stavanger"));

        var conflict = await page.SubmitAsync(".tl-item:first-child form[action$='/city']");

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("Stavanger", (await StateAsync(id)).City);
    }

    [Fact]
    public async Task Who_may_only_see_the_record_reads_its_history_and_changes_nothing()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Seen AB");
        await EditAsync(browser, id, ("City", "Bergen"));
        var save = (await browser.OpenAsync($"/customers/{id}/history")).Document.QuerySelector(".tl-item form")!.GetAttribute("action")!;

        var reader = await app.AsAsync(People.ReadOnly);
        var page = await reader.OpenAsync($"/customers/{id}/history");
        Assert.Equal(["City None → Bergen"], Changes(page, 0));
        Assert.False(page.Has("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync(save)).Status);
        var stranger = await app.AsAsync(People.Other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/customers/{id}/history")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync(save)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(save.Replace("/city", "/lifecycle", StringComparison.Ordinal))).Status); // changed by a step of its own
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(save.Replace($"/{id}/", $"/{await NewAsync(browser, "Another AB")}/", StringComparison.Ordinal))).Status); // a save of another record
        Assert.Equal("Bergen", (await StateAsync(id)).City);
    }

    [Fact]
    public async Task Names_of_records_that_are_not_the_readers_are_not_told()
    {
        var (sales, other) = (await app.AsAsync(People.Sales), await app.AsAsync(People.Other));
        var hidden = await NewAsync(other, "Hidden Parent AB");
        var id = (await app.AddAsync(new Customer { Name = "Child AB", ParentId = hidden })).Id;
        await app.DoAsync(async services =>
        {
            var customer = await services.GetRequiredService<Services.Common.IRepository<Customer>>().GetAsync(id, Domain.Common.RecordAction.Edit, Ct);
            customer.Assign(People.Sales.Id, People.North.Id);
            customer.ParentId = null;
            await services.GetRequiredService<Services.Common.IUnitOfWork>().SaveAsync(Ct);
        });

        var page = await sales.OpenAsync($"/customers/{id}/history");

        Assert.Contains("Parent (not shown to you) → None", Changes(page, 0));
        Assert.DoesNotContain("Hidden Parent", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_history_goes_on_page_by_page()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Long AB");
        for (var i = 1; i <= 35; i++)
        {
            var people = i;
            await app.DoAsync(async services =>
            {
                (await services.GetRequiredService<Services.Common.IRepository<Customer>>().GetAsync(id, Domain.Common.RecordAction.Edit, Ct)).Employees = people;
                await services.GetRequiredService<Services.Common.IUnitOfWork>().SaveAsync(Ct);
            });
        }

        var (page, told) = (await browser.OpenAsync($"/customers/{id}/history"), new List<string>());
        told.AddRange(page.Document.QuerySelectorAll(".changes ins").Select(i => i.TextContent));
        page = await browser.OpenAsync(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        told.AddRange(page.Document.QuerySelectorAll(".changes ins").Select(i => i.TextContent));

        Assert.Equal(Enumerable.Range(1, 35).Reverse().Select(Text), told);
        Assert.False(page.Has("a[rel=next]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.OpenAsync($"/customers/{id}/history?before=nonsense!")).Status);
    }

    private static IEnumerable<string> Changes(Page page, int line)
    {
        var changes = page.Document.QuerySelectorAll(".tl-item")[line].QuerySelectorAll(".changes > *").ToList();
        return changes.Chunk(2).Select(c => $"{c[0].TextContent.Trim()} {c[1].QuerySelector("span")!.TextContent.Trim()}");
    }

    private async Task<(string? City, string? Industry)> StateAsync(long id)
    {
        var customer = await app.ReadAsync(db => db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Id == id, Ct));
        return (customer.City, customer.Industry);
    }

    private static async Task EditAsync(Browser browser, long id, params (string, string)[] fields)
    {
        var saved = await (await browser.OpenAsync($"/customers/{id}/edit")).SubmitAsync(fields);
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        await browser.OpenAsync(saved.Location!); // hears that it was saved
    }

    private static async Task<long> NewAsync(Browser browser, string name)
    {
        var id = long.Parse((await browser.PostAsync("/customers", ("Name", name))).Location!.Split('/')[^1], CultureInfo.InvariantCulture);
        await browser.OpenAsync($"/customers/{id}");
        return id;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
