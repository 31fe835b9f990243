using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common;

public class SearchTextTests
{
    private static readonly string indexed = SearchText.Index(
        ["清河仪器（北京）有限公司", "Qinghe Instruments Ångström AB", "T-2026-02041", "+8675588886666", "0755-8888 6666 转 123", "wang.wei@qinghe.example", null, " "]);

    private static readonly string person = SearchText.Index(["单雄信", "山田 ひかり", "이영희", "+44 (0)20 7946 0018"]);

    private static bool Finds(string text, string question) =>
        SearchText.Terms(question) is { Count: > 0 } terms && terms.All(term => !term.IsTooShort && text.Contains(term.Text, StringComparison.Ordinal));

    [Theory]
    [InlineData("清河仪器")]
    [InlineData("清河儀器")] // traditional
    [InlineData("河仪")]
    [InlineData("器")]
    [InlineData("北京 仪器")]
    [InlineData("qingheyiqi")]
    [InlineData("qhyq")]
    [InlineData("qh")]
    [InlineData("ANGSTROM")]
    [InlineData("ångström qing")]
    [InlineData("struments")]
    [InlineData("in")]
    [InlineData("qinghe & AB")]
    [InlineData("2026-02041")]
    [InlineData("t-2026")]
    [InlineData("02041")]
    [InlineData("0755 8888")]
    [InlineData("(0755) 8888-6666")]
    [InlineData("+86 755 8888 6666")]
    [InlineData("0086-755-88886666")]
    [InlineData("８８８８　６６６６")]
    [InlineData("wei@qinghe")]
    public void A_company_is_found_by(string question) => Assert.True(Finds(indexed, question));

    [Theory]
    [InlineData("shanxiongxin")] // the family name
    [InlineData("danxiongxin")] // the character elsewhere
    [InlineData("sxx")]
    [InlineData("雄信")]
    [InlineData("ひか")]
    [InlineData("り")]
    [InlineData("영희")]
    [InlineData("020 7946 0018")]
    [InlineData("+44 20 7946 0018")]
    public void A_person_is_found_by(string question) => Assert.True(Finds(person, question));

    [Theory]
    [InlineData("河清")]
    [InlineData("仪京")]
    [InlineData("京有")] // a bracket in between
    [InlineData("ru")] // two letters look at starts of words
    [InlineData("0755-8889")]
    [InlineData("\u0002仪京")]
    [InlineData("器 qinghe2")]
    public void It_is_not_found_by(string question) => Assert.False(Finds(indexed, question));

    [Theory]
    [InlineData("")]
    [InlineData("  - & ")]
    public void A_question_without_letters_looks_for_nothing(string question) => Assert.Empty(SearchText.Terms(question));

    [Fact]
    public void A_single_letter_is_too_short_alone_and_left_out_beside_others()
    {
        Assert.Equal(new SearchTerm("v", IsTooShort: true), Assert.Single(SearchText.Terms("V")));
        Assert.Equal(new SearchTerm("volvo", IsTooShort: false), Assert.Single(SearchText.Terms("volvo v")));
    }

    [Fact]
    public void Every_needle_has_the_three_characters_that_a_trigram_index_needs()
    {
        string[] questions = ["字", "科技", "ab", "a科", "3m", "𠮷", "12-34", "halden 138 0013"];

        Assert.All(questions.SelectMany(SearchText.Terms), term => Assert.True(term.Text.EnumerateRunes().Count() >= 3, term.Text));
    }

    [Fact]
    public void Questions_are_bounded()
    {
        var terms = SearchText.Terms(string.Join(' ', Enumerable.Range(100, 500).Select(i => $"w{i}")));

        Assert.Equal(SearchText.MaxTerms, terms.Count);
        Assert.True(Assert.Single(SearchText.Terms(string.Concat(Enumerable.Repeat("𠮷", 500)))).Text.Length <= SearchText.MaxQuestionLength);
    }

    [Fact]
    public void Text_is_bounded_and_keeps_whole_characters()
    {
        var text = SearchText.Index(Enumerable.Range(0, 200).Select(i => $"𠮷𠮶{char.ConvertFromUtf32(0x4E00 + i)}公司{i}"));

        Assert.InRange(text.Length, 1900, SearchText.MaxLength);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void The_same_part_twice_is_kept_once() =>
        Assert.Equal(SearchText.Index(["Halden Robotics"]), SearchText.Index(["HALDEN ROBOTICS", "halden", "Halden Robotics"]));

    [Fact]
    public void Nothing_to_index_is_nothing() => Assert.Equal("", SearchText.Index([null, "", "  "]));
}
