using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

/// <summary>What is worked out of a person is kept until something it is worked out from changes, in whichever process.</summary>
public sealed class ProfilesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_a_team_or_the_firm_that_another_process_saves_acts_here_at_the_next_question()
    {
        await using var database = await TestDatabase.StartAsync();
        var (top, below) = (await database.AddTeamAsync("Top"), await database.AddTeamAsync("Below"));
        var user = await database.AddUserWithAsync("Ana", top, new Grant("Customer", RecordAction.View, Scope.Subtree));
        await using var elsewhere = database.AsSystem(database.Another());
        var first = await ProfileAsync(database, user);
        Assert.Same(first, await ProfileAsync(database, user)); // kept
        Assert.DoesNotContain(below.Id, first.Access.Subtree);

        (await elsewhere.Db.Set<Team>().AsTracking().SingleAsync(t => t.Id == below.Id, Ct)).ParentId = top.Id;
        await elsewhere.SaveAsync();
        Assert.Contains(below.Id, (await ProfileAsync(database, user)).Access.Subtree);

        var role = user.Roles.Single().RoleId;
        (await elsewhere.Db.Set<Role>().AsTracking().SingleAsync(r => r.Id == role, Ct)).Grants = [];
        await elsewhere.SaveAsync();
        Assert.False((await ProfileAsync(database, user)).Access.May("Customer", RecordAction.View));

        var firm = new Organisation { Name = "Halden", Country = "SE", Language = "zh-Hans", TimeZone = "Europe/Stockholm", Currency = "SEK" };
        elsewhere.Get<ISetupStore>().Add(firm);
        await elsewhere.SaveAsync();
        Assert.Equal("zh-Hans", (await ProfileAsync(database, user)).Habits.Language.Name);
        var last = await ProfileAsync(database, user);
        Assert.Same(last, await ProfileAsync(database, user));
    }

    private static async Task<UserProfile> ProfileAsync(TestDatabase database, User user)
    {
        await using var scope = database.AsSystem();
        return (await scope.Get<IUserProfiles>().FindAsync(user.Id, Ct))!;
    }
}
