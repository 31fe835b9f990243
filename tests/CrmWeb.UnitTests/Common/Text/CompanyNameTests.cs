using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

public class CompanyNameTests
{
    [Theory]
    [InlineData("Hello World", "helloworld")]
    [InlineData("Hello World Oy", "helloworld")]
    [InlineData("Hello World, ltd.", "helloworld")]
    [InlineData("Hello    World ltd", "helloworld")]
    [InlineData("Hello World ltd. ", "helloworld")]
    [InlineData("HELLO WORLD CO., LTD", "helloworld")]
    [InlineData("The Hello-World Company", "helloworld")]
    [InlineData("De Rigo S.p.A.", "derigo")]
    [InlineData("A/S Steamship Company Torm", "steamshipcompanytorm")]
    [InlineData("EuroTrust A/S", "eurotrust")]
    [InlineData("AB Volvo (publ)", "volvo")]
    [InlineData("A B Electrolux", "electrolux")]
    [InlineData("Alestra, S. de R.L. de C.V.", "alestra")]
    [InlineData("Grupo Simec S.A. de C.V.", "gruposimec")]
    [InlineData("Distribucion y Servicio D&S S.A.", "distribucionyserviciods")]
    [InlineData("Triple P N.V.", "triplep")]
    [InlineData("J. P. Morgan & Co", "jpmorgan")]
    [InlineData("P.T. Indonesian Satellite Corp. Tbk", "indonesiansatellite")]
    [InlineData("Müller & Söhne GmbH & Co. KG", "mullersohne")]
    [InlineData("Mueller und Söhne GmbH", "muellersohne")]
    [InlineData("Johnson and Johnson Inc", "johnsonjohnson")]
    [InlineData("Firma Sp. z o.o.", "firma")]
    [InlineData("ООО «Ромашка»", "ромашка")]
    [InlineData("Türk Telekom A.Ş.", "turktelekom")]
    [InlineData("Công ty TNHH Sao Mai", "saomai")]
    [InlineData("华为技术有限公司", "华为技术")]
    [InlineData("華為技術股份有限公司", "华为技术")]
    [InlineData("海尔集团有限责任公司", "海尔集团")]
    [InlineData("华为技术有限公司北京分公司", "华为技术有限公司北京分公司")]
    [InlineData("索尼（中国）有限公司", "索尼中国")]
    [InlineData("㈱ソニック", "ソニック")]
    [InlineData("株式会社テスト", "テスト")]
    [InlineData("テスト株式會社", "テスト")]
    [InlineData("한글 주식회사", "한글")]
    [InlineData("㈜한글", "한글")]
    [InlineData("Limited", "limited")]
    [InlineData("有限公司", "有限公司")]
    [InlineData("AB Ltd", "ab")]
    [InlineData("3M Co.", "3m")]
    [InlineData("+++", "+++")]
    public void A_name_is_compared_without_form_and_punctuation(string name, string normalized) => Assert.Equal(normalized, CompanyName.Normalize(name));

    private static List<string> Companies => [.. File.ReadLines(TestData.PathOf("duplicates/company-names/companies.csv")).Select(line => line[..line.LastIndexOf(';')])];

    [Fact]
    public void Legal_forms_of_listed_companies_are_all_known()
    {
        string[] forms = ["Ltd.", "Inc.", "Corp.", "plc", "S.A.", "N.V.", "C.V.", "AG", "S.p.A.", "AB", "Aktiengesellschaft", "Co.", "A/S", "ASA", "GmbH", "B.V.", "Tbk", "Oyj", "Oy", "OJSC", "SAS"];
        var names = Companies;

        var withForm = names.Where(name => forms.Any(form => name.EndsWith($" {form}", StringComparison.OrdinalIgnoreCase))).ToList();
        var left = withForm.Where(name => CompanyName.Normalize(name) == TextFold.Fold(string.Concat(name.Where(char.IsLetterOrDigit))));

        Assert.Equal(1320, names.Count);
        Assert.InRange(withForm.Count, 1200, 1320);
        Assert.Empty(left);
    }

    [Fact]
    public void Only_companies_that_differ_in_nothing_but_form_meet()
    {
        var together = Companies.GroupBy(CompanyName.Normalize).Where(group => group.Count() > 1).Select(group => string.Join(" = ", group.Order(StringComparer.Ordinal)));

        Assert.Equal(["EMCO spol. s r.o. = Emco Ltd.", "Rio Tinto Ltd. = Rio Tinto plc", "Thomson Corp = Thomson S.A.", "Unilever N.V. = Unilever plc"], together);
    }

    [Theory]
    [InlineData("Halden Robotics AB", "HALDEN ROBOTICS", 100, 100)]
    [InlineData("Halden Robotics AB", "Halden Robotik AB", 90, 99)]
    [InlineData("Halden Robotics AB", "Nordic Timber AB", 0, 65)]
    [InlineData("华为技术有限公司", "华为技术股份公司", 100, 100)]
    [InlineData("", "", 0, 0)]
    public void Likeness_is_a_percentage(string name, string other, int least, int most) => Assert.InRange(NameSimilarity.Percent(name, other), least, most);
}
