using System.Globalization;
using System.Linq.Expressions;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Record = CrmWeb.Domain.Common.Record;

namespace CrmWeb.WebTests.Access;

public sealed class UsersTests(CrmApp app)
{
    [Fact]
    public async Task An_invited_user_gets_a_mail_and_his_new_team()
    {
        var ct = TestContext.Current.CancellationToken;
        var page = await (await app.AsAsync(People.Admin)).OpenAsync("/settings/users/new");

        page = await page.SubmitAsync(("Name", "Nora New"), ("Email", "Nora@test.example"), ("NewTeam", "Harbour"), ("NewTeamParentId", Text(People.North.Id)), ("Roles", await RoleAsync(BuiltInRoles.Sales)));

        Assert.Equal("/settings/users", page.Location);
        var user = await app.ReadAsync(db => db.Set<User>().Include(u => u.Roles).Include(u => u.HomeTeam).SingleAsync(u => u.Email == "nora@test.example", ct));
        Assert.Equal(("Harbour", People.North.Id), (user.HomeTeam!.Name, user.HomeTeam.ParentId));
        Assert.Single(user.Roles);
        Assert.Equal("You are invited to CrmWeb", (await app.ReadAsync(db => db.Set<OutboxMessage>().SingleAsync(m => m.ForUserId == user.Id, ct))).Subject);
    }

    [Fact]
    public async Task An_address_twice_is_said_and_what_was_typed_stays()
    {
        var page = await (await app.AsAsync(People.Admin)).OpenAsync("/settings/users/new");

        page = await page.SubmitAsync(("Name", "Second Sam"), ("Email", People.Sales.Email!), ("Roles", await RoleAsync(BuiltInRoles.Sales)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Another user has this email.", page.Errors, StringComparison.Ordinal);
        Assert.Equal("Second Sam", page.Value("Name"));
    }

    [Fact]
    public async Task A_deactivated_user_is_out_at_once_and_may_come_back()
    {
        var user = await People.AddAsync(app, "Dora", BuiltInRoles.Sales);
        var theirs = await app.SignInAsync(user);
        var page = await (await app.AsAsync(People.Admin)).OpenAsync($"/settings/users/{user.Id}/deactivation");

        await page.SubmitAsync("form[action$='/deactivation']");

        Assert.Equal(HttpStatusCode.Redirect, (await theirs.OpenAsync("/account")).Status);
        page = await (await app.AsAsync(People.Admin)).OpenAsync($"/settings/users/{user.Id}");
        await page.SubmitAsync("form[action$='/activation']");
        Assert.Equal(HttpStatusCode.OK, (await (await app.SignInAsync(user)).OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task Own_roles_stay_and_nobody_deactivates_himself()
    {
        var browser = await app.AsAsync(People.Admin);
        var page = await browser.OpenAsync($"/settings/users/{People.Admin.Id}");

        var roles = await page.SubmitAsync($"form[action='/settings/users/{People.Admin.Id}']", ("Roles", await RoleAsync(BuiltInRoles.Sales)));
        var gone = await (await browser.OpenAsync($"/settings/users/{People.Admin.Id}/deactivation")).SubmitAsync("form[action$='/deactivation']");

        Assert.Contains("Nobody changes his own roles.", roles.ErrorFor("Roles"), StringComparison.Ordinal);
        Assert.Contains("Nobody deactivates himself.", gone.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_keeps_the_session_and_a_new_role_ends_it()
    {
        var user = await People.AddAsync(app, "Rolf", BuiltInRoles.Sales);
        var theirs = await app.SignInAsync(user);
        var address = $"/settings/users/{user.Id}";
        var admin = await app.AsAsync(People.Admin);

        await (await admin.OpenAsync(address)).SubmitAsync($"form[action='{address}']", ("Name", "Rolf Renamed"));
        Assert.Equal(HttpStatusCode.OK, (await theirs.OpenAsync("/account")).Status);

        await (await admin.OpenAsync(address)).SubmitAsync($"form[action='{address}']", ("Roles", await RoleAsync(BuiltInRoles.Support)));
        Assert.Equal(HttpStatusCode.Redirect, (await theirs.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task The_list_shows_who_works_here()
    {
        var page = await (await app.AsAsync(People.Admin)).OpenAsync("/settings/users");

        Assert.Contains(People.Manager.Name, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_product_itself_is_not_among_the_people()
    {
        var browser = await app.AsAsync(People.Admin);

        var list = await browser.OpenAsync("/settings/users?view=all&size=200");
        var found = await browser.OpenAsync("/lookup/User?q=crmweb");

        Assert.Contains(People.Manager.Name, list.Text, StringComparison.Ordinal);
        Assert.False(list.Has($"a[href='/settings/users/{User.SystemId}']"));
        Assert.DoesNotContain("CrmWeb", list.TextOf("#rows"), StringComparison.Ordinal);
        Assert.DoesNotContain("CrmWeb", found.Text, StringComparison.Ordinal);
        foreach (var link in list.Document.QuerySelectorAll("#rows a[href^='/settings/users/']").Select(a => a.GetAttribute("href")!).Distinct())
            Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(link)).Status);
    }

    [Fact]
    public async Task A_changed_role_and_a_moved_team_act_at_the_next_request()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = await CrmApp.StartAsync();
        var north = await People.AddAsync(own, "Nils North", await own.AddAsync(new Role { Name = "Team", Grants = [new("Customer", RecordAction.View, Scope.Subtree)] }));
        var customer = new Customer { Name = "Halden" };
        customer.Assign(People.Other.Id, People.South.Id);
        await own.AddAsync(customer);
        var theirs = await own.SignInAsync(north);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await theirs.OpenAsync("/customers?view=all")).Status, (await theirs.OpenAsync($"/customers/{customer.Id}")).Status));

        await ChangeAsync<Team>(own, t => t.Name == People.South.Name, t => t.ParentId = People.North.Id);
        Assert.Equal(HttpStatusCode.OK, (await theirs.OpenAsync($"/customers/{customer.Id}")).Status);

        await ChangeAsync<Role>(own, r => r.Name == "Team", r => r.Grants = [new("Customer", RecordAction.View, Scope.Own)]);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.OpenAsync($"/customers/{customer.Id}")).Status);

        await ChangeAsync<Role>(own, r => r.Name == "Team", r => r.Grants = []);
        Assert.Equal(HttpStatusCode.Forbidden, (await theirs.OpenAsync("/customers?view=all")).Status);

        Task ChangeAsync<T>(CrmApp on, Expression<Func<T, bool>> which, Action<T> change) where T : Record => on.DoAsync(async services =>
        {
            var db = services.GetRequiredService<Data.Common.CrmDb>();
            change(await db.Set<T>().AsTracking().SingleAsync(which, ct));
            await db.SaveAsync(ct);
        });
    }

    private async Task<string> RoleAsync(string key) =>
        Text(await app.ReadAsync(db => db.Set<Role>().Where(r => r.BuiltIn == key).Select(r => r.Id).SingleAsync(TestContext.Current.CancellationToken)));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
