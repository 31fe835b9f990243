using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Access;

public sealed class TeamTreeTests
{
    [Fact]
    public void Each_team_stands_below_the_one_it_is_part_of()
    {
        var tree = TeamTree.Of([Node(3, parent: 1), Node(4, parent: 3), Node(2, parent: 1), Node(1, parent: null), Node(5, parent: null)]);

        Assert.Equal([(1, 0), (3, 1), (4, 2), (2, 1), (5, 0)], tree.Select(t => (t.Id, t.Depth)));
    }

    [Fact]
    public void A_circle_and_a_team_below_one_that_is_gone_are_shown_at_the_top()
    {
        var tree = TeamTree.Of([Node(1, parent: 2), Node(2, parent: 1), Node(3, parent: 99)]);

        Assert.Equal([(3, 0), (1, 0), (2, 1)], tree.Select(t => (t.Id, t.Depth)));
    }

    [Theory]
    [InlineData(Scope.Subtree, "Team.Beyond")]
    [InlineData(Scope.Own, null)]
    [InlineData(Scope.All, null)]
    public void Nobody_moves_a_team_to_where_he_would_see_its_records(Scope scope, string? text)
    {
        var me = new Mock<ICurrentUser>();
        me.SetupGet(m => m.Access).Returns(new AccessRights(7, homeTeamId: 1, [1], [1, 2], [new Role { Grants = [new("Customer", RecordAction.View, scope)] }]));
        var team = new Team { Name = "South" };
        team.Identify(3);

        var broken = new TeamGuard(me.Object).CheckPlace(team, 2, new() { [1] = null, [2] = 1, [3] = null }).ToList();

        Assert.Equal(text, broken.SingleOrDefault()?.Text);
    }

    private static TeamNode Node(long id, long? parent) => new(id, $"Team {id}", parent, 0, 0);
}
