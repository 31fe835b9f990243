using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

/// <summary>Somebody stays who may do everything, whatever several people do at once.</summary>
public sealed class LastAdministratorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_who_take_each_others_place_at_once_one_stays(bool deactivate)
    {
        await using var database = await TestDatabase.StartAsync();
        for (var round = 0; round < 5; round++)
        {
            var (ana, ben) = (await AdministratorAsync(database, "Ana"), await AdministratorAsync(database, "Ben"));
            await using var hers = await database.AsAsync(ana);
            await using var his = await database.AsAsync(ben, database.Another());
            // Both have been asked and found the other one still there: what follows is the save of each.
            await ChangeAsync(hers, ben.Id, deactivate);
            await ChangeAsync(his, ana.Id, deactivate);

            var outcomes = await Task.WhenAll(SavedAsync(hers), SavedAsync(his));

            Assert.Equal([false, true], outcomes.Order());
            var left = Assert.Single(await AdministratorsAsync(database));
            Assert.Equal(outcomes[0] ? ana.Id : ben.Id, left);
            await RemoveAsync(database, left);
        }
    }

    [Fact]
    public async Task By_the_service_the_second_one_is_told_and_stays()
    {
        await using var database = await TestDatabase.StartAsync();
        var (ana, ben) = (await AdministratorAsync(database, "Ana"), await AdministratorAsync(database, "Ben"));
        await using var hers = await database.AsAsync(ana);
        await using var his = await database.AsAsync(ben, database.Another());

        await hers.Get<IHandOverService>().DeactivateAsync(ben.Id, HandOverOrder.Nothing, Ct);
        var refused = await Assert.ThrowsAsync<RuleException>(() => his.Get<IHandOverService>().DeactivateAsync(ana.Id, HandOverOrder.Nothing, Ct));

        Assert.Equal("User.LastAdministrator", Assert.Single(refused.Broken).Text);
        Assert.Equal([ana.Id], await AdministratorsAsync(database));
    }

    [Fact]
    public async Task Nobody_elses_save_is_held_up_by_the_rule()
    {
        await using var database = await TestDatabase.StartAsync();
        var sales = await database.AddUserAsync("Sam", team: null, BuiltInRoles.Sales);
        await using var system = database.AsSystem(); // there is no administrator yet

        (await system.Get<IUserStore>().GetAsync(sales.Id, Ct)).Deactivate();
        await system.Get<IUserStore>().SaveAsync(Ct);

        Assert.False(await system.Db.Set<User>().Where(u => u.Id == sales.Id).Select(u => u.IsActive).SingleAsync(Ct));
    }

    private static Task<User> AdministratorAsync(TestDatabase database, string name) => database.AddUserAsync(name, team: null, BuiltInRoles.Administrator);

    private static async Task ChangeAsync(TestScope scope, long id, bool deactivate)
    {
        var user = await scope.Get<IUserStore>().GetAsync(id, Ct);
        if (deactivate)
            user.Deactivate();
        else
            user.SetRoles(await scope.Db.Set<Role>().Where(r => r.BuiltIn == BuiltInRoles.Sales).Select(r => r.Id).ToListAsync(Ct));
    }

    private static async Task<bool> SavedAsync(TestScope scope)
    {
        try
        {
            await Task.Run(() => scope.Get<IUserStore>().SaveAsync(Ct), Ct);
            return true;
        }
        catch (RuleException refused) when (refused.Broken[0].Text == "User.LastAdministrator")
        {
            return false;
        }
    }

    private static async Task<List<long>> AdministratorsAsync(TestDatabase database)
    {
        await using var scope = database.AsSystem();
        return await scope.Db.Set<User>().Where(u => u.IsActive && u.Roles.Any(r => r.Role!.BuiltIn == BuiltInRoles.Administrator)).Select(u => u.Id).ToListAsync(Ct);
    }

    private static async Task RemoveAsync(TestDatabase database, long id)
    {
        await using var scope = database.AsSystem();
        await scope.Db.Set<UserRole>().Where(r => r.UserId == id).ExecuteDeleteAsync(Ct);
    }
}
