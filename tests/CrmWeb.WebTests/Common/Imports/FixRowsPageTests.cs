using System.Net;
using System.Text;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>Rejected rows are put right in the table of their cells, before and after the run.</summary>
public sealed class FixRowsPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_put_right_checked_again_and_brought_in()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var file = Encoding.UTF8.GetBytes("name,employees,note\nOne,many,<b>\"x\"\nTwo,none,y\nThree,3,z\n");
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", file)).Location!));
        var id = await wizard.NewestAsync();

        var again = await wizard.SendAsync(check, "form[action*='/fixes']", ("Cell[2:1]", "12"));
        var reload = await browser.OpenAsync($"/imports/{id}/check");
        var result = await wizard.RunAsync(again);
        var after = await wizard.SendAsync(result, "form[action*='/fixes']", ("Cell[3:1]", "7"));

        Assert.Equal(["1", "0", "0", "2"], Wizard.Numbers(check));
        Assert.Equal(("many", "true"), (check.Value("Cell[2:1]"), check.Document.QuerySelector("input[name='Cell[2:1]']")!.GetAttribute("aria-invalid")));
        Assert.Equal(["2", "0", "0", "1"], Wizard.Numbers(reload));
        Assert.Equal(["2", "0", "0", "1"], Wizard.Numbers(result));
        Assert.Equal(["3", "0", "0", "0"], Wizard.Numbers(after));
        Assert.Equal([("One", 12), ("Three", 3), ("Two", 7)], (await app.ReadAsync(db => db.Set<Customer>().OrderBy(c => c.Name).ToListAsync(Ct))).Select(c => (c.Name, c.Employees!.Value)));
    }

    [Fact]
    public async Task A_cell_that_is_too_long_is_refused_and_what_was_typed_stays()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name,employees\nOne,many\nTwo,none\n"u8.ToArray())).Location!));

        var refused = await check.SubmitAsync("form[action*='/fixes']", ("Cell[2:0]", new string('x', 32_001)), ("Cell[3:1]", "7"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "7"), (refused.Status, refused.Value("Cell[3:1]")));
        Assert.Contains("at most 32,000 are allowed", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_cell_is_passed_over()
    {
        await using var app = await CrmApp.StartAsync();
        var (wizard, browser) = (await Wizard.OpenAsync(app), await app.AsAsync(People.Admin));
        var check = await wizard.CheckAsync(await browser.OpenAsync((await wizard.UploadAsync("firms.csv", "name,employees\nOne,many\nTwo,2\n"u8.ToArray())).Location!));

        var again = await wizard.SendAsync(check, "form[action*='/fixes']", ("Cell[2:99]", "x"), ("Cell[3:1]", "99"), ("Cell[999999:1]", "1"), ("Cell[-1:x]", "1"), ("Cell[99999999999:1]", "1"));

        Assert.Equal(["1", "0", "0", "1"], Wizard.Numbers(again)); // a row that was not rejected stays as the file has it
    }
}
