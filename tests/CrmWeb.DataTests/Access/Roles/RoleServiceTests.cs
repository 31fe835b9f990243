using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

public sealed class RoleServiceTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Grant SeesOwn = new("Customer", RecordAction.View, Scope.Own), SeesAll = new("Customer", RecordAction.View, Scope.All);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_acts_at_the_next_request_of_who_has_the_role_and_is_in_the_audit()
    {
        var (admin, role) = await StartAsync("Watcher", SeesAll);
        var person = await HolderAsync("Pia", role);
        Assert.Equal(Scope.All, (await ProfileAsync(person)).Access.ScopeOf("Customer", RecordAction.View));

        await using var scope = await database.AsAsync(admin);
        await scope.Get<IRoleService>().EditAsync(role, await VersionAsync(scope, role), new("Watcher", [SeesOwn], []), Ct);

        Assert.Equal(Scope.Own, (await ProfileAsync(person)).Access.ScopeOf("Customer", RecordAction.View));
        var entry = await scope.Db.Set<AuditEntry>().Where(a => a.RecordType == "Role" && a.RecordId == role).OrderByDescending(a => a.Id).FirstAsync(Ct);
        Assert.Equal((AuditKind.Changed, admin.Id), (entry.Kind, entry.UserId));
        Assert.Contains("Customer.View.Own", entry.Changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_makes_or_changes_a_role_that_allows_more_than_he_may()
    {
        var (_, wide) = await StartAsync("Wide", SeesAll);
        var personnel = await PersonnelAsync("Petra");
        await using var scope = await database.AsAsync(personnel);
        var roles = scope.Get<IRoleService>();

        Assert.Equal("Role.Beyond", await RefusedAsync(() => roles.CreateAsync(new("Mine", [SeesAll], []), Ct)));
        Assert.Equal("Role.Beyond", await RefusedAsync(() => roles.CreateAsync(new("Mine", [], [SpecialRight.ReadAudit]), Ct)));
        Assert.Equal("Role.Beyond", await RefusedAsync(async () => await roles.EditAsync(wide, await VersionAsync(scope, wide), new("Wide", [], []), Ct)));
        Assert.False((await roles.ShowAsync(wide, Ct)).MayEdit);
        await roles.CreateAsync(new("Narrow", [SeesOwn], []), Ct);
    }

    [Fact]
    public async Task Nobody_changes_a_role_he_has_himself()
    {
        var personnel = await PersonnelAsync("Paul");
        await using var scope = await database.AsAsync(personnel);
        var own = personnel.Roles.Single().RoleId;

        Assert.Equal("Role.IsYours", await RefusedAsync(async () => await scope.Get<IRoleService>().EditAsync(own, await VersionAsync(scope, own), new("Other", [], []), Ct)));
    }

    [Fact]
    public async Task A_role_goes_when_nobody_has_it_and_its_name_is_free_again()
    {
        var (admin, role) = await StartAsync("Passing", SeesOwn);
        var person = await HolderAsync("Per", role);
        await using var scope = await database.AsAsync(admin);
        var roles = scope.Get<IRoleService>();
        Assert.Equal("Role.IsUsed", await RefusedAsync(async () => await roles.DeleteAsync(role, await VersionAsync(scope, role), Ct)));
        await scope.Db.Set<UserRole>().Where(r => r.UserId == person.Id).ExecuteDeleteAsync(Ct);

        await roles.DeleteAsync(role, await VersionAsync(scope, role), Ct);

        Assert.DoesNotContain(await roles.ListAsync(Ct), r => r.Id == role);
        await roles.CreateAsync(new("Passing", [SeesOwn], []), Ct);
        Assert.Equal("Role.NameTaken", await RefusedAsync(() => roles.CreateAsync(new("Passing", [SeesOwn], []), Ct)));
    }

    [Fact]
    public async Task A_built_in_role_stays_and_a_stale_form_is_a_conflict()
    {
        var (admin, role) = await StartAsync("Stale", SeesOwn);
        await using var scope = await database.AsAsync(admin);
        var (roles, sales) = (scope.Get<IRoleService>(), await scope.Db.Set<Role>().SingleAsync(r => r.BuiltIn == BuiltInRoles.Sales, Ct));

        Assert.Equal("Role.IsBuiltIn", await RefusedAsync(() => roles.EditAsync(sales.Id, sales.Version, new("Sales", [], []), Ct)));
        Assert.Equal("Role.IsBuiltIn", await RefusedAsync(() => roles.DeleteAsync(sales.Id, sales.Version, Ct)));
        await Assert.ThrowsAsync<StaleRecordException>(() => roles.EditAsync(role, Guid.NewGuid(), new("Stale", [], []), Ct));
    }

    [Fact]
    public async Task Without_the_right_there_is_nothing_to_see()
    {
        var sales = await database.AddUserAsync("Sam", team: null, BuiltInRoles.Sales);
        await using var scope = await database.AsAsync(sales);

        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IRoleService>().ListAsync(Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IRolePreviews>().ShowAsync(10, new("Sales", [], []), Ct));
    }

    [Fact]
    public async Task A_preview_counts_what_each_would_see_with_all_his_roles_and_saves_nothing()
    {
        var (admin, role) = await StartAsync("Seller", SeesAll);
        var (one, both) = (await HolderAsync("Olle", role), await HolderAsync("Bea", role, BuiltInRoles.ReadOnly));
        await using (var system = database.AsSystem())
        {
            foreach (var owner in new[] { one.Id, both.Id })
            {
                var customer = new Customer { Name = "Halden" };
                customer.Assign(owner, teamId: null);
                system.Repository<Customer>().Add(customer);
            }
            await system.SaveAsync();
        }

        await using var scope = await database.AsAsync(admin);
        var all = await scope.Db.Set<Customer>().CountAsync(Ct);
        var preview = await scope.Get<IRolePreviews>().ShowAsync(role, new("Seller", [SeesOwn], [SpecialRight.ReadAudit]), Ct);

        Assert.Equal(2, preview.People);
        Assert.Equal((RecordAction.View, Scope.All, Scope.Own), preview.Scopes.Select(s => (s.Action, s.From, s.To)).Single());
        Assert.Equal([new(SpecialRight.ReadAudit, IsGiven: true)], preview.Rights);
        Assert.Equal((all, 1), preview.Persons.Single(p => p.Id == one.Id).Seen);
        Assert.Equal((all, all), preview.Persons.Single(p => p.Id == both.Id).Seen);
        Assert.Equal(Scope.All, (await ProfileAsync(one)).Access.ScopeOf("Customer", RecordAction.View));
    }

    private async Task<(User Admin, long Role)> StartAsync(string name, params Grant[] grants)
    {
        var admin = await database.AddUserAsync("Ada", team: null, BuiltInRoles.Administrator);
        await using var scope = await database.AsAsync(admin);
        return (admin, await scope.Get<IRoleService>().CreateAsync(new(name, grants, []), Ct));
    }

    private async Task<User> HolderAsync(string name, long role, params string[] others)
    {
        var user = await database.AddUserAsync(name, team: null, [.. others]);
        await using var scope = database.AsSystem();
        scope.Db.Add(new UserRole(user.Id, role));
        await scope.SaveAsync();
        return user;
    }

    /// <summary>Somebody who manages people and sees his own customers.</summary>
    private async Task<User> PersonnelAsync(string name)
    {
        var admin = await database.AddUserAsync("Ada", team: null, BuiltInRoles.Administrator);
        await using var scope = await database.AsAsync(admin);
        var role = await scope.Get<IRoleService>().CreateAsync(new($"Personnel {name}", [SeesOwn], [SpecialRight.ManageUsers]), Ct);
        var holder = await HolderAsync(name, role);
        await using var again = database.AsSystem();
        return await again.Db.Set<User>().Include(u => u.Roles).SingleAsync(u => u.Id == holder.Id, Ct);
    }

    private async Task<UserProfile> ProfileAsync(User user)
    {
        await using var scope = database.AsSystem();
        return (await scope.Get<IUserProfiles>().FindAsync(user.Id, Ct))!;
    }

    private static async Task<Guid> VersionAsync(TestScope scope, long role) => await scope.Db.Set<Role>().Where(r => r.Id == role).Select(r => r.Version).SingleAsync(Ct);

    private static async Task<string> RefusedAsync(Func<Task> act) => Assert.Single((await Assert.ThrowsAsync<RuleException>(act)).Broken).Text;
}
