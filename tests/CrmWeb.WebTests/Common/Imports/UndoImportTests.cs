using System.Net;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>An import is taken back from its result page, after a question.</summary>
public sealed class UndoImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_says_what_will_happen_does_it_and_tells_what_came_of_it()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        await app.AddAsync(new Customer { Name = "Known", Email = "known@x.example", City = "Bergen" });
        var match = await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name,email,city\nKnown,known@x.example,Oslo\nNew AB,n@x.example,Oslo\nOther AB,o@x.example,Oslo\n"u8.ToArray())).Location!);
        var result = await wizard.RunAsync(await wizard.CheckAsync(match, ("OnMatch", "Overwrite")));
        var id = await wizard.NewestAsync();

        var question = await browser.OpenAsync(result.Document.QuerySelector($"a[href='/imports/{id}/undo']")!.GetAttribute("href")!);
        var before = await StandingAsync(app);
        var done = await browser.OpenAsync((await question.SubmitAsync($"form[action='/undo/{id}']")).Location!);

        Assert.Contains("2 customers it added will go to the trash", question.Text, StringComparison.Ordinal);
        Assert.Contains("1 customer it changed will get their former values back", question.Text, StringComparison.Ordinal);
        Assert.Equal(["Known Oslo", "New AB Oslo", "Other AB Oslo"], before); // asking changes nothing
        Assert.Equal(["Known Bergen"], await StandingAsync(app));
        Assert.Contains("3 customers put back", done.Text, StringComparison.Ordinal);
        var after = await browser.OpenAsync($"/imports/{id}/result");
        Assert.True(after.Has("a[href^='/bulk/']"));
    }

    [Fact]
    public async Task What_was_only_checked_has_nothing_to_take_back()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name\nHalden\n"u8.ToArray())).Location!));
        var id = await wizard.NewestAsync();

        var other = await app.AsAsync(People.Sales);

        Assert.False(check.Has("a[href$='/undo']"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/imports/{id + 1_000_000}/undo")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.OpenAsync($"/imports/{id}/undo")).Status);
    }

    private static Task<List<string>> StandingAsync(CrmApp app) =>
        app.ReadAsync(db => db.Set<Customer>().Where(c => c.DeletedAt == null).OrderBy(c => c.Name).Select(c => c.Name + " " + c.City).ToListAsync(Ct));
}
