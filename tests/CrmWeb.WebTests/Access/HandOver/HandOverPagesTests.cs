using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Access;

public sealed class HandOverPagesTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_somebody_is_deactivated_it_is_shown_what_is_there_and_asked_who_gets_it()
    {
        var (user, _) = await OwnerAsync("Dina", 4);
        var browser = await app.AsAsync(People.Admin);

        var page = await browser.OpenAsync($"/settings/users/{user.Id}/deactivation");
        var list = await browser.OpenAsync(page.Document.QuerySelector(".held a")!.GetAttribute("href")!);
        var unsaid = await page.SubmitAsync();
        var saved = await unsaid.SubmitAsync(("ToId", Text(People.Sales.Id)));

        Assert.Equal("4 customers", page.TextOf(".held h2"));
        Assert.Contains("Firm of Dina 1, Firm of Dina 2, Firm of Dina 3 and 1 more", page.Text, StringComparison.Ordinal);
        Assert.Equal(4, list.Document.QuerySelectorAll("#rows tr[data-id]").Length);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Choose who gets the records, or leave them."), (unsaid.Status, unsaid.ErrorFor("ToId")));
        Assert.Equal($"/settings/users/{user.Id}", saved.Location);
        Assert.False(await app.ReadAsync(db => db.Set<User>().Where(u => u.Id == user.Id).Select(u => u.IsActive).SingleAsync(Ct)));
        var shown = await browser.OpenAsync(saved.Location!);
        Assert.Contains($"To {People.Sales.Name}", shown.TextOf("[aria-labelledby='handed-over']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_chosen_on_the_page_of_their_team_move_together()
    {
        var (user, customers) = await OwnerAsync("Mila", 2);
        var other = await People.AddAsync(app, "Mario", BuiltInRoles.Sales);
        var browser = await app.AsAsync(People.Admin);

        var page = await browser.OpenAsync($"/settings/users/move?id={user.Id}&id={other.Id}");
        var nobody = await browser.OpenAsync("/settings/users/move");
        var moved = await page.SubmitAsync(("HomeTeamId", Text(People.South.Id)), ("Parts[0].Choice", "Leave"));

        Assert.Equal("Move 2 people to another team", page.Title);
        Assert.Equal("/settings/users", nobody.Location);
        Assert.Equal($"/settings/teams/{People.South.Id}", moved.Location);
        Assert.Equal(2, await app.ReadAsync(db => db.Set<User>().CountAsync(u => (u.Id == user.Id || u.Id == other.Id) && u.HomeTeamId == People.South.Id, Ct)));
        Assert.Equal(2, await app.ReadAsync(db => db.Set<Customer>().CountAsync(c => customers.Contains(c.Id) && c.OwnerTeamId == People.North.Id, Ct)));
        Assert.True((await browser.OpenAsync($"/settings/teams/{People.South.Id}")).Has($"form[action='/settings/users/move'] input[name=id][value='{user.Id}']"));
    }

    [Fact]
    public async Task Who_manages_users_is_told_beside_the_team_that_he_stays_in_his()
    {
        var role = await app.AddAsync(new Role { Name = "Personnel", Grants = RoleGrants.Of([], [SpecialRight.ManageUsers]), Rights = [SpecialRight.ManageUsers] });
        var personnel = await People.AddAsync(app, "Petra", role);
        var browser = await app.SignInAsync(personnel);

        var page = await (await browser.OpenAsync($"/settings/users/move?id={personnel.Id}")).SubmitAsync(("HomeTeamId", Text(People.South.Id)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Nobody moves himself to another team", page.ErrorFor("HomeTeamId"), StringComparison.Ordinal);
        Assert.Contains("Records that you do not see stay with Petra.", page.Text, StringComparison.Ordinal);
    }

    private async Task<(User Owner, List<long> Customers)> OwnerAsync(string name, int count)
    {
        var (user, ids) = (await People.AddAsync(app, name, BuiltInRoles.Sales), new List<long>());
        for (var i = 1; i <= count; i++)
        {
            var customer = new Customer { Name = $"Firm of {name} {i}" };
            customer.Assign(user.Id, People.North.Id);
            ids.Add((await app.AddAsync(customer)).Id);
        }
        return (user, ids);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
