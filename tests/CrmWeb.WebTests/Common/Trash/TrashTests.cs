using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Trash;

/// <summary>What was deleted is found in the trash and comes back as it was.</summary>
public sealed class TrashTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_says_what_hangs_on_it_and_comes_back_with_it()
    {
        var (person, browser) = await SomebodyAsync();
        var (id, other) = (await AddAsync(person, "Hung AB"), await AddAsync(person, "Hung Other AB"));
        await app.DoAsync(async services =>
        {
            var contacts = services.GetRequiredService<IRecordService<Contact>>();
            await contacts.CreateAsync(new() { ["familyName"] = "One", ["customer"] = id }, Ct);
            await contacts.CreateAsync(new() { ["familyName"] = "Two", ["customer"] = id }, Ct);
            await services.GetRequiredService<IRecordService<Activity>>().CreateAsync(new() { ["subject"] = "Call", ["kind"] = ActivityKind.Call, ["customer"] = id }, Ct);
            services.GetRequiredService<IRepository<Relationship>>().Add(new() { CustomerId = id, Kind = RelationshipKind.PartnerOf, OtherCustomerId = other });
            await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
        });
        var before = State(await browser.OpenAsync($"/customers/{id}"));
        await DeleteAsync(browser, id);

        var trash = await browser.OpenAsync("/trash?type=Customer&q=hung");
        Assert.Equal("Hung AB with 2 contacts, 1 activity, 1 relationship", trash.TextOf("tbody td"));
        var back = await browser.OpenAsync((await trash.SubmitAsync("tbody form")).Location!);

        Assert.Equal("Hung AB restored. Undo", back.TextOf("#toasts"));
        Assert.Equal(before, State(back));
        Assert.Contains("Partner of Hung", back.Text, StringComparison.Ordinal);
        await back.SubmitAsync("#toasts form");
        Assert.Contains("Hung AB", (await browser.OpenAsync("/trash")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_another_record_has_taken_meanwhile_is_told_in_a_sentence()
    {
        var (person, browser) = await SomebodyAsync();
        var key = Guid.NewGuid().ToString("N");
        var id = await AddAsync(person, "Keyed AB", key);
        await DeleteAsync(browser, id);
        await AddAsync(person, "Keyed again AB", key); // free while the first lies in the trash

        var page = await browser.OpenAsync("/trash");
        var refused = await page.SubmitAsync("tbody form");

        Assert.Equal("/trash", refused.Location);
        page = await browser.OpenAsync("/trash");
        Assert.StartsWith("It stays in the trash.", page.TextOf("#toasts"), StringComparison.Ordinal);
        Assert.Contains("Keyed AB", page.Text, StringComparison.Ordinal);
        Assert.NotNull(await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == id).Select(c => c.DeletedAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task It_is_cut_by_kind_and_title_and_read_page_by_page()
    {
        var (person, browser) = await SomebodyAsync();
        await app.DoAsync(async services =>
        {
            var ids = new List<long>();
            for (var i = 0; i < 70; i++)
            {
                var customer = new Customer { Name = $"贸易 {i:00}" };
                services.GetRequiredService<IRepository<Customer>>().Add(customer);
                customer.Assign(person.Id, People.North.Id);
                ids.Add(customer.Id);
            }
            await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
            foreach (var customer in await services.GetRequiredService<IRepository<Customer>>().GetAsync(ids, RecordAction.Delete, Ct))
                customer.Delete(DateTime.UtcNow, person.Id);
            await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
        });

        var page = await browser.OpenAsync("/trash?type=Customer&q=贸易");
        var titles = Titles(page).ToList();
        page = await browser.OpenAsync(page.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        titles.AddRange(Titles(page));

        Assert.Equal(Enumerable.Range(0, 70).Select(i => $"贸易 {i:00}"), titles.Order(StringComparer.Ordinal));
        Assert.False(page.Has("a[rel=next]"));
        Assert.Equal("贸易 07", Assert.Single(Titles(await browser.OpenAsync("/trash?q=贸易+07"))));
        Assert.Empty(Titles(await browser.OpenAsync("/trash?type=Contact&q=贸易")));
        Assert.Empty(Titles(await (await app.AsAsync(People.Sales)).OpenAsync("/trash?q=贸易"))); // what another deleted
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await browser.OpenAsync("/trash?before=!!")).Status);
    }

    /// <summary>The customer's figures, and its people and related companies.</summary>
    private static string State(Page page) => $"{page.TextOf(".kpis")} {string.Join(' ', page.Document.QuerySelectorAll(".rec .card .mini").Select(c => string.Join(' ', c.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))))}";

    private static IEnumerable<string> Titles(Page page) => page.Document.QuerySelectorAll("tbody tr").Select(r => r.QuerySelector("td")!.TextContent.Trim());

    private async Task<(User, Browser)> SomebodyAsync()
    {
        var person = await People.AddAsync(app, "Trash Person", BuiltInRoles.Sales);
        return (person, await app.AsAsync(person));
    }

    private Task<long> AddAsync(User owner, string name, string? key = null) => app.DoAsync(async services =>
    {
        var customer = new Customer { Name = name, ExternalSource = key is null ? null : "erp", ExternalId = key };
        services.GetRequiredService<IRepository<Customer>>().Add(customer);
        customer.Assign(owner.Id, People.North.Id);
        await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
        return customer.Id;
    });

    private static async Task DeleteAsync(Browser browser, long id)
    {
        var page = await browser.OpenAsync($"/customers/{id}");
        await browser.OpenAsync((await page.SubmitAsync($"form[action^='/customers/{id}/deletion']")).Location!);
    }
}
