using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Access;

public sealed class TeamsTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_team_is_made_below_another_renamed_and_deleted()
    {
        var browser = await app.AsAsync(People.Admin);
        var page = await browser.OpenAsync($"/settings/teams/new?parentId={Text(People.North.Id)}");
        page = await page.SubmitAsync(("Name", "Fjord"));
        Assert.Equal("/settings/teams", page.Location);
        var team = await app.ReadAsync(db => db.Set<Team>().SingleAsync(t => t.Name == "Fjord", Ct));
        Assert.Equal(People.North.Id, team.ParentId);

        page = await browser.OpenAsync($"/settings/teams/{team.Id}");
        page = await page.SubmitAsync($"form[action='/settings/teams/{team.Id}']", ("Name", "Fjords"), ("ParentId", ""));
        Assert.Equal("/settings/teams", page.Location);
        Assert.Equal(("Fjords", null), await app.ReadAsync(db => db.Set<Team>().Where(t => t.Id == team.Id).Select(t => new ValueTuple<string, long?>(t.Name, t.ParentId)).SingleAsync(Ct)));

        page = await browser.OpenAsync($"/settings/teams/{team.Id}");
        await page.SubmitAsync("form[action$='/deletion']");
        Assert.DoesNotContain("Fjords", (await browser.OpenAsync("/settings/teams")).TextOf(".tree"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_said_beside_its_field_and_what_was_typed_stays()
    {
        var browser = await app.AsAsync(People.Admin);
        var version = await app.ReadAsync(db => db.Set<Team>().Where(t => t.Id == People.HeadOffice.Id).Select(t => t.Version).SingleAsync(Ct));

        var circle = await browser.PostAsync($"/settings/teams/{People.HeadOffice.Id}", ("Version", version.ToString()), ("Name", "Round about"), ("ParentId", Text(People.South.Id)));
        var used = await browser.PostAsync($"/settings/teams/{People.HeadOffice.Id}/deletion", ("version", version.ToString()));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Round about"), (circle.Status, circle.Value("Name")));
        Assert.Contains("cannot be part of itself", circle.ErrorFor("ParentId"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, used.Status);
        Assert.Contains("There are people in this team.", used.Errors, StringComparison.Ordinal);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
