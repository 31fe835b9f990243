using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common.Input;

public sealed class NumberInputTests
{
    [Theory]
    [InlineData("en-GB", "1,000.50", "1000.5")]
    [InlineData("en-GB", "1.000,50", "1000.5")]
    [InlineData("en-GB", "1000", "1000")]
    [InlineData("en-GB", "1,000", "1000")]
    [InlineData("en-GB", "1.000", "1")]
    [InlineData("de-DE", "1.000", "1000")]
    [InlineData("de-DE", "1,000", "1")]
    [InlineData("de-DE", "1.5", "1.5")]
    [InlineData("en-GB", "0,5", "0.5")]
    [InlineData("en-GB", "1,5", "1.5")]
    [InlineData("en-GB", "1,0000", "1")]
    [InlineData("fr-FR", "1 000,50", "1000.5")]
    [InlineData("fr-FR", "1 000 000", "1000000")]
    [InlineData("de-CH", "1’000.50", "1000.5")]
    [InlineData("en-GB", "1,234,567", "1234567")]
    [InlineData("en-IN", "12,34,567.8", "1234567.8")]
    [InlineData("zh-CN", "12万", "120000")]
    [InlineData("zh-CN", "1.2亿", "120000000")]
    [InlineData("zh-CN", "１２，３４５", "12345")]
    [InlineData("en-GB", "2.5k", "2500")]
    [InlineData("en-GB", "€1,200", "1200")]
    [InlineData("en-GB", "1,200 €", "1200")]
    [InlineData("en-GB", "-5", "-5")]
    [InlineData("en-GB", "−5.25", "-5.25")]
    [InlineData("en-GB", "(1,000)", "-1000")]
    [InlineData("en-GB", ".5", "0.5")]
    public void A_number_is_read_as_its_writer_means_it(string format, string text, string expected)
    {
        Assert.True(NumberInput.TryParse(text, CultureInfo.GetCultureInfo(format), out var number));
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), number);
    }

    [Fact]
    public void A_whole_number_gets_no_decimals()
    {
        Assert.True(NumberInput.TryParse("12万", CultureInfo.GetCultureInfo("zh-CN"), out var number));
        Assert.Equal("120000", number.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("abc")]
    [InlineData("1,2,3")]
    [InlineData("12,34,56")]
    [InlineData("1.2.3,4")]
    [InlineData("1-2")]
    [InlineData("--1")]
    [InlineData("1e5")]
    [InlineData("万")]
    [InlineData("99999999999999999999999999999999")]
    [InlineData("79228162514264337593543950335亿")]
    public void What_is_no_number_is_refused(string text)
    {
        Assert.False(NumberInput.TryParse(text, CultureInfo.GetCultureInfo("en-GB"), out var number), $"{text} was read as {number}");
    }

    [Theory]
    [InlineData("en-GB", "1,234.5")]
    [InlineData("de-DE", "1.234,5")]
    [InlineData("zh-CN", "1,234.5")]
    public void What_a_field_shows_is_read_back_the_same(string format, string shown)
    {
        var culture = CultureInfo.GetCultureInfo(format);

        Assert.Equal(shown, NumberInput.Format(1234.5000m, culture));
        foreach (var number in new[] { 0m, 1m, -1m, 999m, 1000m, 1234.5m, 123456m, 1234567.8901m, 0.001m })
        {
            Assert.True(NumberInput.TryParse(NumberInput.Format(number, culture), culture, out var read));
            Assert.Equal(number, read);
        }
    }
}
