using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Access.Rights;

/// <summary>The database is asked about single records only where seeing one does not settle what may be done with it.</summary>
public sealed class DoubtfulTests
{
    private static readonly string[] Types = ["Customer", "Contact"];
    private static readonly long[] Seen = [11, 12, 13], Shared = [12, 13, 99], Changed = [13];

    [Theory]
    [InlineData(Scope.All, Scope.All, new long[] { })]
    [InlineData(Scope.Team, Scope.Team, new long[] { })]
    [InlineData(Scope.Team, Scope.All, new long[] { })]
    [InlineData(Scope.All, Scope.Team, new long[] { 11, 12, 13 })]
    [InlineData(Scope.Own, Scope.None, new long[] { 11, 12, 13 })]
    public void A_right_as_wide_as_sight_leaves_no_doubt(Scope view, Scope edit, long[] doubtful) =>
        Assert.Equal(doubtful, Rights(view, edit).Doubtful<Customer>(RecordAction.Edit, Seen));

    [Fact]
    public void What_is_shared_for_looking_is_in_doubt()
    {
        var rights = Rights(Scope.Own, Scope.Own, new SharedRecords(Shared, Changed));

        Assert.Equal("12", string.Join(',', rights.Doubtful<Customer>(RecordAction.Edit, Seen)));
        Assert.Equal("12,13", string.Join(',', rights.Doubtful<Customer>(RecordAction.Delete, Seen)));
        Assert.Equal(Seen, rights.Doubtful<Contact>(RecordAction.Edit, Seen)); // which customer each lives with is not known here
    }

    private static AccessRights Rights(Scope view, Scope edit, SharedRecords? shared = null) =>
        new(7, homeTeamId: 1, [1], [1], [new Role { Grants = [.. Types.SelectMany(t => new Grant[] { new(t, RecordAction.View, view), new(t, RecordAction.Edit, edit), new(t, RecordAction.Delete, edit) })] }]) { Shared = shared ?? SharedRecords.None };
}
