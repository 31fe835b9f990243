using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

public sealed class TeamServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_moved_team_is_seen_from_above_at_the_next_request()
    {
        var (top, loose) = (await database.AddTeamAsync("Top"), await database.AddTeamAsync("Loose"));
        var below = await database.AddTeamAsync("Below loose", loose);
        var leader = await database.AddUserWithAsync("Lea", top, new Grant("Customer", RecordAction.View, Scope.Subtree));
        await using var scope = await AdminAsync();

        await scope.Get<ITeamService>().EditAsync(loose.Id, await VersionAsync(scope, loose), new("Moved", top.Id), Ct);

        var access = (await scope.Get<IUserProfiles>().FindAsync(leader.Id, Ct))!.Access;
        Assert.Equal([top.Id, loose.Id, below.Id], access.Subtree.Order());
        var tree = await scope.Get<ITeamService>().TreeAsync(Ct);
        Assert.Equal([("Top", 0, 1), ("Moved", 1, 0), ("Below loose", 2, 0)], tree.Where(t => access.Subtree.Contains(t.Id)).Select(t => (t.Name, t.Depth, t.People)));
    }

    [Fact]
    public async Task A_team_is_never_part_of_itself()
    {
        var top = await database.AddTeamAsync("Circle");
        var below = await database.AddTeamAsync("Circle below", top);
        await using var scope = await AdminAsync();
        var teams = scope.Get<ITeamService>();

        foreach (var parent in new[] { top.Id, below.Id })
            Assert.Equal(("Team.Circle", "ParentId"), await RefusedAsync(async () => await teams.EditAsync(top.Id, await VersionAsync(scope, top), new("Circle", parent), Ct)));
        Assert.Equal(("Error.Choose", "ParentId"), await RefusedAsync(() => teams.CreateAsync(new("Nowhere", 987654321), Ct)));
        Assert.DoesNotContain((await teams.ShowAsync(top.Id, Ct)).Parents, t => t.Id == top.Id || t.Id == below.Id);
    }

    [Fact]
    public async Task A_team_goes_only_when_nothing_hangs_on_it()
    {
        var team = await database.AddTeamAsync("Going");
        var below = await database.AddTeamAsync("Going below", team);
        var person = await database.AddUserAsync("Gia", team, BuiltInRoles.Sales);
        var customer = new Customer { Name = "Halden" };
        customer.Assign(person.Id, team.Id);
        await using var system = database.AsSystem();
        system.Repository<Customer>().Add(customer);
        await system.SaveAsync();
        await using var scope = await AdminAsync();
        var teams = scope.Get<ITeamService>();

        Assert.Equal("Team.HasPeople", (await RefusedAsync(() => DeleteAsync(team))).Text);
        var member = await system.Db.Set<User>().AsTracking().Include(u => u.Teams).SingleAsync(u => u.Id == person.Id, Ct);
        member.SetHomeTeam(teamId: null);
        await system.SaveAsync();
        Assert.Equal("Team.HasTeams", (await RefusedAsync(() => DeleteAsync(team))).Text);
        await DeleteAsync(below);
        Assert.Equal("Team.HasCustomers", (await RefusedAsync(() => DeleteAsync(team))).Text);
        Assert.False((await teams.ShowAsync(team.Id, Ct)).IsEmpty);
        var held = await system.Db.Set<Customer>().AsTracking().SingleAsync(c => c.Id == customer.Id, Ct);
        held.Assign(person.Id, teamId: null);
        await system.SaveAsync();
        await DeleteAsync(team);

        Assert.DoesNotContain(await teams.TreeAsync(Ct), t => t.Id == team.Id || t.Id == below.Id);

        async Task DeleteAsync(Team gone) => await teams.DeleteAsync(gone.Id, await VersionAsync(scope, gone), Ct);
    }

    [Fact]
    public async Task People_are_shown_with_who_leads_them()
    {
        var team = await database.AddTeamAsync("Shown");
        var (leader, member) = (await database.AddUserAsync("Lena Leads", team, BuiltInRoles.Manager), await database.AddUserAsync("Mona Member", team, BuiltInRoles.Sales));
        await using var system = database.AsSystem();
        (await system.Db.Set<User>().AsTracking().SingleAsync(u => u.Id == member.Id, Ct)).ManagerId = leader.Id;
        await system.SaveAsync();
        await using var scope = await AdminAsync();

        var shown = (await scope.Get<ITeamService>().ShowAsync(team.Id, Ct)).Members;

        Assert.Equal([("Lena Leads", null, true), ("Mona Member", "Lena Leads", true)], shown.Select(m => (m.Name, m.Manager, m.IsHome)));
    }

    [Fact]
    public async Task Without_the_right_nothing_is_shown_or_changed()
    {
        var team = await database.AddTeamAsync("Closed");
        await using var scope = await database.AsAsync(await database.AddUserAsync("Sam", team, BuiltInRoles.Manager));
        var teams = scope.Get<ITeamService>();

        await Assert.ThrowsAsync<AccessDeniedException>(() => teams.TreeAsync(Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => teams.EditAsync(team.Id, team.Version, new("Mine", null), Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => teams.DeleteAsync(team.Id, team.Version, Ct));
    }

    private async Task<TestScope> AdminAsync() => await database.AsAsync(await database.AddUserAsync("Ada", team: null, BuiltInRoles.Administrator));

    private static Task<Guid> VersionAsync(TestScope scope, Team team) => scope.Db.Set<Team>().Where(t => t.Id == team.Id).Select(t => t.Version).SingleAsync(Ct);

    private static async Task<(string Text, string? Property)> RefusedAsync(Func<Task> act)
    {
        var broken = Assert.Single((await Assert.ThrowsAsync<RuleException>(act)).Broken);
        return (broken.Text, broken.Property);
    }
}
