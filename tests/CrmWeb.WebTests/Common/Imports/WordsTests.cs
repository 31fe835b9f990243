using System.Net;
using System.Text;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>Words for choices, people, yes and no that nobody understands are listed with their numbers and told what they mean.</summary>
public sealed class WordsTests
{
    private const string File = "name,rating,owner,roles\nOne,重点,Sam S.,Kunde\nTwo,重点,Sam S.,Kunde；Partner\nThree,zzz,nobody,Partner\nFour,A,,\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_told_and_the_file_is_checked_again()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", Encoding.UTF8.GetBytes(File))).Location!));
        var listed = check.Document.QuerySelectorAll("form[action$='/values'] tbody tr").Select(r => (r.QuerySelector("th")!.TextContent, r.QuerySelector("td.r")!.TextContent)).ToList();

        var told = await wizard.SendAsync(check, "form[action$='/values']", ("To[0]", "=A"), ("To[1]", "="), ("To[2]", $"={People.Sales.Id}"), ("To[3]", "="), ("To[4]", "=EndCustomer"));
        var reload = await browser.OpenAsync($"/imports/{await wizard.NewestAsync()}/check");
        var result = await wizard.RunAsync(told);

        Assert.Equal(["1", "0", "0", "3"], Wizard.Numbers(check));
        Assert.Equal([("重点", "2"), ("zzz", "1"), ("Sam S.", "2"), ("nobody", "1"), ("Kunde", "2")], listed);
        Assert.Equal(["4", "0", "0", "0"], Wizard.Numbers(result));
        Assert.Equal(("=A", "="), (reload.Value("To[0]"), reload.Value("To[1]")));
        var stored = await app.ReadAsync(db => db.Set<Customer>().OrderBy(c => c.Id).Select(c => new { c.Rating, c.OwnerId, c.Roles }).ToListAsync(Ct));
        Assert.Equal([CustomerRating.A, CustomerRating.A, null, CustomerRating.A], stored.Select(c => c.Rating));
        Assert.Equal([People.Sales.Id, People.Sales.Id, People.Admin.Id, People.Admin.Id], stored.Select(c => c.OwnerId!.Value));
        Assert.Equal([CustomerRoles.EndCustomer, CustomerRoles.EndCustomer | CustomerRoles.Partner, CustomerRoles.Partner, CustomerRoles.EndCustomer], stored.Select(c => c.Roles));
    }

    [Theory]
    [InlineData("=Everything")]
    [InlineData("=7")]
    public async Task A_value_that_the_field_does_not_know_is_refused_and_what_was_chosen_stays(string to)
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", Encoding.UTF8.GetBytes(File))).Location!));

        var refused = await check.SubmitAsync("form[action$='/values']", ("To[0]", to), ("To[1]", "=B"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "=B"), (refused.Status, refused.Value("To[1]")));
        Assert.Contains("does not fit its field", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_is_new_comes_in_as_it_is_is_another_or_is_left_out()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        await app.AddAsync(new Customer { Name = "Old", Tags = ["Fair"] });
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name,tags\nOne,\"fair, Messe\"\nTwo,\"Messe, junk\"\nThree,junk\nFour,vip\n"u8.ToArray())).Location!));
        var listed = check.Document.QuerySelectorAll("form[action$='/values'] tbody tr").Select(r => (r.QuerySelector("th")!.TextContent, r.QuerySelector("td.r")!.TextContent)).ToList();
        var offered = check.Document.QuerySelectorAll("select[name='To[0]'] option").Select(o => o.TextContent).ToList();

        var told = await wizard.SendAsync(check, "form[action$='/values']", ("To[0]", "=Fair"), ("To[1]", "="));
        var result = await wizard.RunAsync(told);

        Assert.Equal(["4", "0", "0", "0"], Wizard.Numbers(check));
        Assert.Equal([("Messe", "2"), ("junk", "2"), ("vip", "1")], listed);
        Assert.Equal(["Keep as a new tag", "Leave out", "Fair"], offered);
        Assert.Equal(["4", "0", "0", "0"], Wizard.Numbers(result));
        var stored = await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Name != "Old").OrderBy(c => c.Id).Select(c => c.Tags).ToListAsync(Ct));
        Assert.Equal(["fair", "Fair", "", "vip"], stored.Select(t => string.Join(",", t)));
    }

    [Fact]
    public async Task Words_that_reject_a_row_stand_before_tags()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name,tags,rating\nOne,Messe,zzz\n"u8.ToArray())).Location!));

        Assert.Equal(["zzz", "Messe"], check.Document.QuerySelectorAll("form[action$='/values'] tbody th").Select(h => h.TextContent));
    }

    [Fact]
    public async Task What_is_no_single_tag_is_refused()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name,tags\nOne,Messe\n"u8.ToArray())).Location!));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await check.SubmitAsync("form[action$='/values']", ("To[0]", "=one, two"))).Status);
    }

    [Fact]
    public async Task A_person_who_is_not_there_is_refused()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", Encoding.UTF8.GetBytes(File))).Location!));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await check.SubmitAsync("form[action$='/values']", ("To[2]", "=424242"))).Status);
    }
}
