using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

/// <summary>Languages are known by tag and by their names in both languages.</summary>
public sealed class LanguagesTests
{
    [Theory]
    [InlineData("sv", "sv")]
    [InlineData(" Swedish ", "sv")]
    [InlineData("瑞典语", "sv")]
    [InlineData("ZH-hans", "zh-Hans")]
    [InlineData("简体中文", "zh-Hans")]
    [InlineData("Klingon", null)]
    public void A_tag_or_a_name_finds_the_tag(string text, string? tag) => Assert.Equal(tag, Languages.Tag(text));

    [Fact]
    public void Every_one_has_a_name_in_both_and_is_found_by_it()
    {
        foreach (var language in Localizer.Languages)
        {
            var all = Languages.In(language);
            Assert.True(all.Count > 40);
            Assert.All(all, l => Assert.Equal(l.Tag, Languages.Tag(Languages.Name(l.Tag, language))));
        }
        Assert.Equal(("German", "德语", "tlh"), (Languages.Name("de", CultureInfo.GetCultureInfo("en")), Languages.Name("de", CultureInfo.GetCultureInfo("zh-Hans")), Languages.Name("tlh", CultureInfo.InvariantCulture)));
    }
}
