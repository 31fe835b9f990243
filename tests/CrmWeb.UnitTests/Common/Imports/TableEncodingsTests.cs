using System.Text;
using System.Text.Json;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

public class TableEncodingsTests
{
    [Theory]
    [InlineData("gb18030", "客户,城市\n云图科技,北京\n")]
    [InlineData("gb18030", "name,city\nWang Wei,北京\nLi Na,上海\n")]
    [InlineData("gb18030", "姓名\n王伟\n")]
    [InlineData("gb18030", "公司,备注\n深圳市腾达电子有限公司,需每月回访“重点”客户！\n")]
    [InlineData("big5", "公司名稱,聯絡人\n臺北科技股份有限公司,陳小明\n高雄貿易,林雅婷\n")]
    [InlineData("shift_jis", "名前,会社\n山田太郎,東京電力\nすずき,株式会社カタカナ\n")]
    [InlineData("ks_c_5601-1987", "이름,전화\n김민수,010\n박지훈,011\n")]
    [InlineData("windows-1252", "name\nMüller\n")]
    [InlineData("windows-1252", "Société,Ville\nÉtablissements Lefèvre,Orléans\n")]
    [InlineData("windows-1252", "namn,stad\nÅsa Öberg,Malmö\nSjöberg,Växjö\n")]
    [InlineData("windows-1252", "prix,note\n5 €,“très bon” – l’été\n")]
    [InlineData("windows-1251", "имя,город\nИван Петров,Москва\nООО «Ромашка»,Санкт-Петербург\n")]
    [InlineData("utf-16", "name,city\nAnn,Rome\n")]
    [InlineData("utf-16BE", "name,city\nAnn,Rome\n")]
    [InlineData("utf-8", "name,city\nAnn,Rome\n")]
    [InlineData("utf-8", "客户,城市\n云图科技,北京\n")]
    public void Text_without_a_mark_is_recognised(string encoding, string text)
    {
        Assert.Contains(encoding, TableEncodings.All); // registers the code pages

        Assert.Equal(encoding, TableEncodings.Detect(Encoding.GetEncoding(encoding).GetBytes(text), isWhole: true));
    }

    [Fact]
    public void Chinese_names_are_recognised_by_a_handful()
    {
        var names = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(TestData.PathOf("names-zh/names.json")));
        var surnames = names.GetProperty("surnames").EnumerateArray().Select(name => name.GetString()!).ToArray();
        Assert.Contains("gb18030", TableEncodings.All);

        var lists = surnames.Chunk(6).Select(some => $"name\n{string.Join("伟\n", some)}伟\n").ToList();
        var wrong = lists.Where(list => TableEncodings.Detect(Encoding.GetEncoding("gb18030").GetBytes(list), isWhole: true) != "gb18030");

        Assert.InRange(lists.Count, 50, 100);
        Assert.Equal([], wrong);
    }

    [Fact]
    public void A_character_cut_at_the_end_of_the_sample_does_not_count()
    {
        var bytes = Encoding.UTF8.GetBytes("name\n北京");

        Assert.Equal("utf-8", TableEncodings.Detect(bytes.AsSpan()[..^1], isWhole: false));
        Assert.NotEqual("utf-8", TableEncodings.Detect(bytes.AsSpan()[..^1], isWhole: true));
    }
}
