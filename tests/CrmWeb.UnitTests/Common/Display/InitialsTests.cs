using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common.Display;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("Ana Duarte", AvatarKind.User, "AD")]
    [InlineData("Ludwig van Beethoven", AvatarKind.Person, "LB")]
    [InlineData("elin sandström", AvatarKind.Person, "ES")]
    [InlineData("Åsa Öberg", AvatarKind.Person, "ÅÖ")]
    [InlineData("周晓雯", AvatarKind.User, "晓雯")]
    [InlineData("欧阳建国", AvatarKind.User, "建国")]
    [InlineData("李雷", AvatarKind.User, "雷")]
    [InlineData("刘雨桐", AvatarKind.Person, "刘")]
    [InlineData("中村 美咲", AvatarKind.Person, "中")]
    [InlineData("中村 美咲", AvatarKind.User, "美咲")]
    [InlineData("Halden Robotics AB", AvatarKind.Company, "HR")]
    [InlineData("Sorrel & Finch Foods", AvatarKind.Company, "SF")]
    [InlineData("Codehow", AvatarKind.Company, "CO")]
    [InlineData("3M", AvatarKind.Company, "3M")]
    [InlineData("清河仪器（苏州）有限公司", AvatarKind.Company, "清")]
    [InlineData("", AvatarKind.Person, "?")]
    [InlineData("---", AvatarKind.Company, "?")]
    [InlineData(null, AvatarKind.User, "?")]
    public void A_name_is_known_by_its_letters(string? name, AvatarKind kind, string letters) => Assert.Equal(letters, Initials.Of(name, kind));

    [Fact]
    public void A_small_avatar_has_room_for_one_han_character() => Assert.Equal("晓", Initials.Of("周晓雯", AvatarKind.User, brief: true));

    [Fact]
    public void Every_tint_is_used_and_an_id_keeps_its_own()
    {
        var tints = Enumerable.Range(1, 600).Select(id => Initials.Tint(id)).ToList();

        Assert.Equal([0, 1, 2, 3, 4, 5], tints.Distinct().Order());
        Assert.All(tints.CountBy(t => t), tint => Assert.InRange(tint.Value, 60, 140));
        Assert.Equal(tints, Enumerable.Range(1, 600).Select(id => Initials.Tint(id)));
        Assert.InRange(Initials.Tint(long.MaxValue), 0, 5);
    }
}
