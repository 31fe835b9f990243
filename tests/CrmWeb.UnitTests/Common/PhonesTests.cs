using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

public class PhonesTests
{
    public static TheoryData<string, string, string, string> Typed => [.. File.ReadLines(TestData.PathOf("contacts/phones/inputs.csv")).Skip(1)
        .Select(line => line.Split(',')).Select(row => (row[0], row[1], row[2], row[3]))];

    [Theory]
    [MemberData(nameof(Typed))]
    public void What_people_type_becomes_one_number_or_none(string input, string country, string e164, string extension)
    {
        var phone = Phones.Parse(input, country);

        Assert.Equal(e164, phone?.E164 ?? "");
        Assert.Equal(extension, phone?.Extension ?? "");
    }

    [Fact]
    public void Every_country_and_kind_of_number_is_accepted_and_kept()
    {
        var numbers = File.ReadLines(TestData.PathOf("contacts/phones/example_numbers.csv")).Skip(1).Select(line => line.Split(',')[^1]).ToList();

        Assert.Equal(360, numbers.Count);
        Assert.Equal([], numbers.FindAll(number => Phones.ToE164(number, null) != number));
    }

    [Theory]
    [InlineData("+8613800138000", "CN", null, "138 0013 8000")]
    [InlineData("+8613800138000", "DE", null, "+86 138 0013 8000")]
    [InlineData("+8613800138000", null, null, "+86 138 0013 8000")]
    [InlineData("+493012345678", "de", null, "030 12345678")]
    [InlineData("+12025550143", "CA", null, "(202) 555-0143")] // one country code, dialled alike
    [InlineData("+12025550143", "US", "12", "(202) 555-0143 ext. 12")]
    [InlineData("ask Elin", "US", null, "ask Elin")]
    [InlineData("+", "US", null, "+")]
    [InlineData("+999999", "US", null, "+999999")]
    public void Numbers_are_shown_as_the_viewer_dials_them(string e164, string? region, string? extension, string shown) =>
        Assert.Equal(shown, Phones.Display(e164, region, extension));

    [Theory]
    [InlineData("13800138000", null)]
    [InlineData("13800138000", "ZZ")]
    [InlineData("+86 138 0013 8000, 139 0013 9000", "CN")]
    [InlineData("１2", "CN")]
    [InlineData("+86 12", "CN")]
    [InlineData("+999 12345678", "CN")]
    [InlineData("12345678901", "CN")]
    public void Without_a_country_or_with_two_numbers_there_is_none(string input, string? country) => Assert.Null(Phones.ToE164(input, country));

    [Fact]
    public void Hostile_length_is_refused() => Assert.Null(Phones.ToE164(new string('1', 100_000), "CN"));
}
