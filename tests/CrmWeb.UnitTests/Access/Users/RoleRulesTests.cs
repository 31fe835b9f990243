using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Access;

public sealed class RoleRulesTests
{
    private static readonly Role Administrator = BuiltIn(BuiltInRoles.Administrator), Sales = BuiltIn(BuiltInRoles.Sales), Manager = BuiltIn(BuiltInRoles.Manager);
    private static readonly Role Personnel = new() { Name = "Personnel", Grants = Sales.Grants, Rights = [SpecialRight.ManageUsers] };

    [Fact]
    public void An_administrator_gives_every_role() =>
        Assert.Empty(RoleRules.Check(Rights(Administrator), isOwn: false, [Sales], [Administrator, Manager]));

    [Fact]
    public void Nobody_gives_what_he_does_not_have()
    {
        var broken = Assert.Single(RoleRules.Check(Rights(Personnel), isOwn: false, [Sales], [Sales, Manager]));

        Assert.Equal(("User.RoleBeyond", "Roles"), (broken.Text, broken.Property));
    }

    [Fact]
    public void Nor_does_he_take_it_away() =>
        Assert.Equal("User.RoleBeyond", Assert.Single(RoleRules.Check(Rights(Personnel), isOwn: false, [Sales, Manager], [Sales])).Text);

    [Fact]
    public void A_role_that_stays_is_nobodys_business() =>
        Assert.Empty(RoleRules.Check(Rights(Personnel), isOwn: false, [Manager], [Manager, Sales]));

    [Fact]
    public void Own_roles_are_not_editable() =>
        Assert.Equal("User.OwnRoles", Assert.Single(RoleRules.Check(Rights(Administrator), isOwn: true, [Administrator], [Administrator, Sales])).Text);

    [Fact]
    public void A_wider_scope_is_more() => Assert.False(Rights(Sales).Holds(Rights(Manager)));

    private static AccessRights Rights(Role role) => new(7, homeTeamId: null, [], [], [role]);

    private static Role BuiltIn(string name) => new() { Name = name, BuiltIn = name, Grants = BuiltInRoles.Grants(name), Rights = BuiltInRoles.Rights(name) };
}
