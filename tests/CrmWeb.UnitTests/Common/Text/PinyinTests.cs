using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common;

public class PinyinTests
{
    [Theory]
    [InlineData("清河仪器", "qingheyiqi", "qhyq")]
    [InlineData("重慶長安", "chongqingchangan", "cqca")]
    [InlineData("乾坤", "qiankun", "qk")]
    [InlineData("吕布", "lvbu", "lb")]
    [InlineData("IBM（中国）有限公司", "ibmzhongguoyouxiangongsi", "ibmzgyxgs")]
    [InlineData("Halden", "halden", "halden")]
    [InlineData("厦门大厦", "xiamendasha", "xmds")]
    [InlineData("", "", "")]
    public void Text_is_read_as_it_is_typed(string text, string full, string initials)
    {
        Assert.Equal(full, Pinyin.Full(text));
        Assert.Equal(initials, Pinyin.Initials(text));
    }

    public static TheoryData<string, string, string, string> Cases => [.. File.ReadLines(TestData.PathOf("names-zh/pinyin.csv")).Skip(1)
        .Select(line => line.Split(',', 7)).Select(row => (row[0], row[1], row[2], row[5]))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Names_and_words_that_go_their_own_way_are_read_right(string written, string family, string given, string sortKey)
    {
        var key = family.Length > 0 ? Pinyin.SortKey(family, given) : Pinyin.SortKey(written);

        Assert.Equal($"{sortKey}{Pinyin.TieMark}{written}", key);
        if (family.Length > 0)
            Assert.Equal(sortKey.Replace(" ", "").Replace('ü', 'v'), Pinyin.FullName(written));
    }

    [Fact]
    public void Every_character_is_read_as_Unihan_says_but_for_names()
    {
        var rows = TestData.Tsv("unihan/pinyin.tsv").ToList();
        string Toneless(string reading) => TextFold.Fold(reading.Normalize(System.Text.NormalizationForm.FormD).Replace("u\u0308", "v"));

        var other = rows.Where(row => Pinyin.Full(row[0]) != Toneless(row[1].Split(' ')[0])).Select(row => row[0]);

        Assert.Equal(41419, rows.Count);
        Assert.Equal("卜地翟蔔薄都長长阚", string.Concat(other.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Sorting_by_key_is_by_pinyin_then_character_and_Latin_in_between()
    {
        string[] names = ["重庆长安", "Beta", "章伟", "阿里", "张伟", "张", "alpha", "Ärger", "安"];

        var sorted = names.OrderBy(Pinyin.SortKey, StringComparer.Ordinal);

        Assert.Equal(["阿里", "alpha", "安", "Ärger", "Beta", "重庆长安", "张", "张伟", "章伟"], sorted);
    }

    [Fact]
    public void A_persons_key_starts_with_the_family_name_in_every_script()
    {
        Assert.Equal("sandstrom elin", Pinyin.SortKey("Sandström", "Elin"));
        Assert.Equal("sandstrom", Pinyin.SortKey("Sandström", ""));
        Assert.Equal("zeng\u0001曾", Pinyin.SortKey("曾", ""));
    }
}
