using System.Globalization;
using System.Net;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Undo;

/// <summary>The line that says what was done takes it back, and the next one does it again.</summary>
public sealed class UndoPagesTests(CrmApp app)
{
    private const string Button = "#toasts form";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_saved_form_is_taken_back_from_the_next_page_and_done_again()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Formed AB");
        var saved = await (await browser.OpenAsync($"/customers/{id}/edit")).SubmitAsync(("City", "Oslo"));

        var page = await browser.OpenAsync(saved.Location!);
        Assert.Equal("Saved Undo", Said(page));
        var undone = await page.SubmitAsync(Button);
        Assert.Equal($"/customers/{id}", undone.Location);
        page = await browser.OpenAsync(undone.Location!);
        Assert.Equal("Put back. Redo", Said(page));
        Assert.Null(await CityAsync(id));
        await page.SubmitAsync(Button);

        Assert.Equal("Oslo", await CityAsync(id));
        Assert.Equal("Done again. Undo", Said(await browser.OpenAsync($"/customers/{id}")));
    }

    [Fact]
    public async Task A_form_that_changed_nothing_offers_nothing_to_undo()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Unchanged AB");

        var saved = await (await browser.OpenAsync($"/customers/{id}/edit")).SubmitAsync();

        Assert.False((await browser.OpenAsync(saved.Location!)).Has(Button));
    }

    [Fact]
    public async Task A_field_that_was_edited_in_place_comes_with_the_line_that_takes_it_back()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Inline AB");
        var version = (await browser.FetchAsync($"/customers/{id}/fields/city")).Document.QuerySelector("[name=version]")!.GetAttribute("value")!;

        var part = await browser.PostPartAsync($"/customers/{id}/fields/city", ("version", version), ("City", "Oslo"));

        Assert.Equal("beforeend:#toasts", part.Document.QuerySelector("[hx-swap-oob]")!.GetAttribute("hx-swap-oob"));
        Assert.Equal("City saved. Undo", part.TextOf("[hx-swap-oob]"));
        var undo = part.Document.QuerySelector("[hx-swap-oob] form")!;
        Assert.NotNull(undo.QuerySelector("input[name=__RequestVerificationToken]"));
        Assert.Equal("", Said(await browser.OpenAsync($"/customers/{id}"))); // said once
        await browser.PostAsync(undo.GetAttribute("action")!);
        Assert.Null(await CityAsync(id));
    }

    [Fact]
    public async Task A_deleted_record_opens_again_and_its_list_once_it_is_gone_for_good()
    {
        var browser = await app.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Deleted AB");
        var page = await browser.OpenAsync($"/customers/{id}");
        var list = await browser.OpenAsync((await page.SubmitAsync($"form[action^='/customers/{id}/deletion']")).Location!);
        Assert.Equal("Deleted AB deleted. Undo", Said(list));

        var back = await list.SubmitAsync(Button);
        Assert.Equal($"/customers/{id}", back.Location);
        page = await browser.OpenAsync(back.Location!);
        Assert.StartsWith("Deleted AB", page.Title, StringComparison.Ordinal);

        Assert.Equal("/customers", (await page.SubmitAsync(Button)).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/customers/{id}")).Status);
    }

    [Fact]
    public async Task A_new_owner_is_taken_back_by_who_may_still_give_the_record_away()
    {
        var (manager, sales) = (await app.AsAsync(People.Manager), await app.AsAsync(People.Sales));
        var id = await NewAsync(sales, "Given AB");

        var given = await (await manager.OpenAsync($"/customers/{id}/owner")).SubmitAsync(("OwnerId", People.Other.Id.ToString(CultureInfo.InvariantCulture)));
        await (await manager.OpenAsync(given.Location!)).SubmitAsync(Button);

        Assert.Equal(People.Sales.Id, await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == id).Select(c => c.OwnerId).SingleAsync(Ct)));
        given = await (await sales.OpenAsync($"/customers/{id}/owner")).SubmitAsync(("OwnerId", People.Other.Id.ToString(CultureInfo.InvariantCulture)));
        Assert.False((await sales.OpenAsync(given.Location!)).Has(Button)); // out of his reach now: nothing is offered that would be refused
    }

    [Fact]
    public async Task What_others_did_is_not_there_and_what_changed_since_is_left()
    {
        var (sales, manager) = (await app.AsAsync(People.Sales), await app.AsAsync(People.Manager));
        var id = await NewAsync(sales, "Contested AB");
        var saved = await sales.OpenAsync((await (await sales.OpenAsync($"/customers/{id}/edit")).SubmitAsync(("City", "Oslo"))).Location!);

        Assert.Equal(HttpStatusCode.NotFound, (await manager.PostAsync(saved.Document.QuerySelector(Button)!.GetAttribute("action")!)).Status);
        await (await manager.OpenAsync($"/customers/{id}/edit")).SubmitAsync(("City", "Stavanger"));
        await saved.SubmitAsync(Button);

        Assert.Equal("Stavanger", await CityAsync(id));
        var page = await sales.OpenAsync($"/customers/{id}");
        Assert.Equal("Contested AB stays as it is. It has been changed since.", Said(page));
        Assert.False(page.Has(Button));
    }

    [Fact]
    public async Task Later_than_ten_minutes_a_sentence_says_so()
    {
        await using var own = await CrmApp.StartAsync();
        var browser = await own.AsAsync(People.Sales);
        var id = await NewAsync(browser, "Late AB");
        var saved = await browser.OpenAsync((await (await browser.OpenAsync($"/customers/{id}/edit")).SubmitAsync(("City", "Oslo"))).Location!);
        own.Clock.Ahead = TimeSpan.FromMinutes(11);

        await saved.SubmitAsync(Button);

        Assert.StartsWith("That was more than 10 minutes ago", Said(await browser.OpenAsync($"/customers/{id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_records_the_page_names_those_that_were_left()
    {
        var manager = await app.AsAsync(People.Manager);
        var ids = new List<long>();
        foreach (var name in new[] { "First of many", "Second of many", "Third of many" })
            ids.Add((await app.AddAsync(new Customer { Name = name })).Id);
        var operation = await app.DoAsync(async services =>
        {
            services.GetRequiredService<Actor>().ActAs((await services.GetRequiredService<IUserProfiles>().FindAsync(People.Admin.Id, Ct))!, "test");
            foreach (var customer in await services.GetRequiredService<IRepository<Customer>>().GetAsync(ids, RecordAction.Edit, Ct))
                customer.City = "Oslo";
            await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
            return services.GetRequiredService<Operation>().Last;
        });
        var admin = await app.AsAsync(People.Admin);
        await (await admin.OpenAsync($"/customers/{ids[1]}/edit")).SubmitAsync(("City", "Stavanger"));

        var page = await admin.PostAsync($"/undo/{operation}");

        Assert.Equal((HttpStatusCode.OK, "Not everything was put back"), (page.Status, page.Title));
        Assert.Contains("2 records put back. 1 record stays as it is.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Second of many It has been changed since.", page.TextOf("main tbody tr"));
        await page.SubmitAsync("main form[action^='/undo/']");
        Assert.Equal("Oslo", await CityAsync(ids[0]));
        Assert.Equal(HttpStatusCode.NotFound, (await manager.PostAsync($"/undo/{operation}")).Status);
    }

    private static string Said(Page page) => page.TextOf("#toasts");

    private Task<string?> CityAsync(long id) => app.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == id).Select(c => c.City).SingleAsync(Ct));

    private static async Task<long> NewAsync(Browser browser, string name)
    {
        var id = long.Parse((await browser.PostAsync("/customers", ("Name", name))).Location!.Split('/')[^1], CultureInfo.InvariantCulture);
        await browser.OpenAsync($"/customers/{id}"); // hears that it was created
        return id;
    }
}
