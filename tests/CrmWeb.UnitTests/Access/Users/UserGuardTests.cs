using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Access;

public sealed class UserGuardTests
{
    private const long Me = 7, Other = 8;
    private readonly Role administrator = new() { Name = "Administrator", BuiltIn = BuiltInRoles.Administrator, Grants = BuiltInRoles.Grants(BuiltInRoles.Administrator), Rights = BuiltInRoles.Rights(BuiltInRoles.Administrator) };
    private readonly Mock<IUserStore> users = new();
    private readonly Mock<ICurrentUser> me = new();

    public UserGuardTests()
    {
        administrator.Identify(10);
        users.Setup(u => u.RolesAsync(It.IsAny<CancellationToken>())).ReturnsAsync([administrator]);
        me.SetupGet(m => m.Id).Returns(Me);
        me.SetupGet(m => m.Access).Returns(new AccessRights(Me, homeTeamId: null, [], [], [administrator]));
    }

    [Fact]
    public async Task The_last_active_administrator_stays()
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => Guard().RequireMayLeaveAsync(Administrator(Other), TestContext.Current.CancellationToken));

        Assert.Equal("User.LastAdministrator", Assert.Single(refused.Broken).Text);
    }

    [Fact]
    public async Task One_of_two_administrators_may_leave()
    {
        users.Setup(u => u.HasOtherHolderAsync(10, Other, It.IsAny<CancellationToken>())).ReturnsAsync(true);

        await Guard().RequireMayLeaveAsync(Administrator(Other), TestContext.Current.CancellationToken);

        users.Verify(u => u.HasOtherHolderAsync(10, Other, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Nobody_deactivates_himself()
    {
        var refused = await Assert.ThrowsAsync<RuleException>(() => Guard().RequireMayLeaveAsync(Administrator(Me), TestContext.Current.CancellationToken));

        Assert.Equal("User.NotYourself", Assert.Single(refused.Broken).Text);
    }

    [Fact]
    public async Task A_user_with_more_rights_is_out_of_reach()
    {
        var personnel = new Role { Name = "Personnel", Rights = [SpecialRight.ManageUsers] };
        me.SetupGet(m => m.Access).Returns(new AccessRights(Me, homeTeamId: null, [], [], [personnel]));
        users.Setup(u => u.GetAsync(Other, It.IsAny<CancellationToken>())).ReturnsAsync(Administrator(Other));

        var refused = await Assert.ThrowsAsync<RuleException>(() => Guard().GetAsync(Other, TestContext.Current.CancellationToken));

        Assert.Equal("User.BeyondYours", Assert.Single(refused.Broken).Text);
    }

    private UserGuard Guard() => new(users.Object, me.Object);

    private static User Administrator(long id)
    {
        var user = new User { Name = "Ada" };
        user.Identify(id);
        user.SetRoles([10]);
        return user;
    }
}
