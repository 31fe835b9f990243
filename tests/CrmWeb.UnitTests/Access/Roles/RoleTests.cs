using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;

namespace CrmWeb.UnitTests.Access;

public sealed class RoleTests
{
    private static readonly Grant SeesOwn = new("Customer", RecordAction.View, Scope.Own);

    [Fact]
    public void What_follows_from_a_decision_is_granted_with_it()
    {
        var role = new Role();

        role.Define("Junior", [SeesOwn, new("Customer", RecordAction.Assign, Scope.Own), new("Customer", RecordAction.Import, Scope.All), new("Contact", RecordAction.View, Scope.None)], [], []);

        Assert.Contains(new("Customer", RecordAction.Share, Scope.Own), role.Grants);
        Assert.Contains(new("ImportRun", RecordAction.View, Scope.Own), role.Grants);
        Assert.Contains(new("User", RecordAction.View, Scope.All), role.Grants);
        Assert.DoesNotContain(role.Grants, g => g.Type == "Role" || g.Scope == Scope.None);
    }

    [Fact]
    public void Who_manages_users_may_change_people_teams_and_roles()
    {
        var role = new Role();

        role.Define("Personnel", [], [SpecialRight.ManageUsers], []);

        Assert.Equal(["Role", "Team", "User"], role.Grants.Where(g => g.Action == RecordAction.Edit).Select(g => g.Type).Order());
    }

    [Fact]
    public void A_copy_of_a_built_in_role_allows_the_same()
    {
        foreach (var name in BuiltInRoles.Names.Where(n => n != BuiltInRoles.Administrator))
        {
            var (built, copy) = (new Role { Name = name, Grants = BuiltInRoles.Grants(name), Rights = BuiltInRoles.Rights(name) }, new Role());
            copy.Define("Copy", RoleGuard.InputOf(built).Grants, built.Rights, []);

            Assert.Equal(built.Grants.OrderBy(g => g.ToString()), copy.Grants.OrderBy(g => g.ToString()));
        }
    }

    [Fact]
    public void A_built_in_role_is_neither_changed_nor_deleted()
    {
        var role = new Role { Name = "Sales", BuiltIn = BuiltInRoles.Sales, Grants = [SeesOwn] };

        Assert.Equal("Role.IsBuiltIn", Refused(() => role.Define("Mine", [], [], [])).Text);
        Assert.Equal("Role.IsBuiltIn", Refused(() => role.Delete(DateTime.UnixEpoch, by: 7)).Text);
        Assert.Equal(("Sales", 1), (role.Name, role.Grants.Count));
    }

    [Theory]
    [InlineData("Customer", RecordAction.Edit, Scope.Team, "Role.BeyondView")]
    [InlineData("Contact", RecordAction.Export, Scope.Own, "Role.BeyondView")] // contacts are not seen at all
    [InlineData("Customer", RecordAction.View, Scope.All, "Error.Choose")] // said twice
    [InlineData("User", RecordAction.Edit, Scope.All, "Error.Choose")] // not to be decided
    [InlineData("Customer", RecordAction.Share, Scope.Own, "Error.Choose")]
    [InlineData("Customer", RecordAction.Create, Scope.Own, "Error.Choose")] // yes or no
    public void What_makes_no_sense_is_refused_beside_the_matrix(string type, RecordAction action, Scope scope, string text)
    {
        var broken = Refused(() => new Role().Define("Junior", [SeesOwn, new(type, action, scope)], [], []));

        Assert.Equal((text, "Grants"), (broken.Text, broken.Property));
    }

    [Fact]
    public void A_role_needs_a_name() => Assert.Equal("Name", Refused(() => new Role().Define(" ", [SeesOwn], [], [])).Property);

    private static Broken Refused(Action act) => Assert.Single(Assert.Throws<RuleException>(act).Broken);
}
