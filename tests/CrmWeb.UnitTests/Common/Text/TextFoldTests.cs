using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common;

public class TextFoldTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("Halden Robotics AB", "halden robotics ab")]
    [InlineData("  Two\t\r\n  blanks \u3000", "two blanks")]
    [InlineData("Ångström Ärger É", "angstrom arger e")]
    [InlineData("A\u030Angstro\u0308m", "angstrom")] // the same, decomposed
    [InlineData("Straße GROẞ", "strasse gross")]
    [InlineData("İstanbul Iğdır", "istanbul igdir")]
    [InlineData("Łódź Ørsted Đặng Æsir œuvre Þór", "lodz orsted dang aesir oeuvre thor")]
    [InlineData("Ａｃｍｅ　１２３（株）", "acme 123(株)")]
    [InlineData("㈱ソニック", "(株)ソニック")]
    [InlineData("ﾊﾞｽ ｶﾞｽ", "バス ガス")]
    [InlineData("ハス", "ハス")]
    [InlineData("삼성", "삼성")]
    [InlineData("\u1109\u1161\u11B7\u1109\u1165\u11BC", "삼성")] // typed as conjoining jamo
    [InlineData("㈜한글", "(주)한글")]
    [InlineData("國際貿易 後裡", "国际贸易 后里")]
    [InlineData("乾 幹 干", "干 干 干")]
    [InlineData("髙橋 山﨑", "高桥 山崎")]
    [InlineData("O’Neil “x” – y…", "o'neil \"x\" - y...")]
    [InlineData("ﬁne Ⅷ ½", "fine viii 1⁄2")]
    [InlineData("ΑΣΑΣ", "ασασ")]
    [InlineData("a\u200Bb\uFEFF\u202Ec\u00AD", "abc")]
    [InlineData("a\u0000b\u0001c", "a b c")] // no control character survives: search marks cannot be forged
    [InlineData("ที่นี่", "ที่นี่")] // vowels above the letter are no accents
    [InlineData("𝐇𝐞𝐥𝐥𝐨 𠮷", "hello 𠮷")]
    public void What_people_take_for_the_same_folds_to_the_same(string text, string folded) => Assert.Equal(folded, TextFold.Fold(text));

    [Fact]
    public void Halves_of_a_broken_pair_go() => Assert.Equal("ab", TextFold.Fold("a\uD83Db\uDE00"));

    [Fact]
    public void Folding_twice_is_folding_once()
    {
        for (var code = 0; code <= 0x2FFFF; code++)
        {
            if (!Rune.IsValid(code))
                continue;
            var folded = TextFold.Fold($"x{new Rune(code)}y");
            Assert.Equal(folded, TextFold.Fold(folded));
        }
    }

    [Fact]
    public void Folded_text_is_handed_back_as_it_is()
    {
        var text = new string("halden robotics (1998) ab, 12%".AsSpan());

        Assert.Same(text, TextFold.Fold(text));
    }

    [Fact]
    public void Long_text_keeps_every_character()
    {
        var text = string.Concat(Enumerable.Repeat("Ä㈱國", 5000));

        Assert.Equal(string.Concat(Enumerable.Repeat("a(株)国", 5000)), TextFold.Fold(text));
    }

    [Fact]
    public void All_traditional_characters_of_Unihan_meet_their_simplified_form()
    {
        var rows = TestData.Tsv("unihan/simplified.tsv").ToList();

        Assert.Equal(6274, rows.Count);
        Assert.All(rows, row => Assert.Equal(TextFold.Fold(row[1].Split(' ').First(to => to != row[0])), TextFold.Fold(row[0])));
        Assert.All(rows, row => Assert.NotEqual(row[0], TextFold.Fold(row[0])));
    }

    [Fact]
    public void A_million_names_take_seconds_at_most()
    {
        string[] names = ["halden robotics", "Elin Sandström", "北京雲圖科技有限公司", "Müller & Söhne GmbH", "SHIPPING LTD"];
        Assert.All(names, name => TextFold.Fold(name));

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 1_000_000; i++)
            TextFold.Fold(names[i % names.Length]);

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"1M names folded in {watch.ElapsedMilliseconds} ms"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}"); // about 0.3 s; the limit only catches a change of order
    }
}
