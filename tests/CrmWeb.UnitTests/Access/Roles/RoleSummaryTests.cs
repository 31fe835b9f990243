using System.Globalization;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Access;

public sealed class RoleSummaryTests : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = before;

    [Theory]
    [InlineData("en", "People with this role see their teams’ customers and all that belongs to them.", "They cannot export anything.")]
    [InlineData("zh-Hans", "拥有此角色的人可以查看所在团队的客户及其所有相关内容。", "不能导出任何数据。")]
    public void A_role_is_told_in_the_readers_language(string language, string sees, string exports)
    {
        var lines = Of(language, BuiltInRoles.Grants(BuiltInRoles.Sales));

        Assert.Equal(sees, lines[0]);
        Assert.Contains(exports, lines);
        Assert.Equal(8, lines.Count);
    }

    [Fact]
    public void Records_of_different_scopes_are_told_apart()
    {
        var lines = Of("en", [new("Customer", RecordAction.View, Scope.All), new("Contact", RecordAction.View, Scope.Own), new("Activity", RecordAction.View, Scope.Own)]);

        Assert.Equal("People with this role see all customers and their own contacts and activities.", lines[0]);
    }

    [Fact]
    public void What_lives_with_a_customer_is_told_together() =>
        Assert.Contains("They delete their teams’ contacts, activities, files and the like and their own customers.", Of("en", BuiltInRoles.Grants(BuiltInRoles.Sales)));

    [Fact]
    public void Who_sees_nothing_is_told_so_in_one_line() => Assert.Equal(["People with this role see no records."], Of("en", []));

    private static IReadOnlyList<string> Of(string language, IReadOnlyList<Grant> grants)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return RoleSummary.Of(grants, [], [], new Localizer());
    }
}
