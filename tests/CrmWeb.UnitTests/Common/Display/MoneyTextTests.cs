using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common.Display;

public sealed class MoneyTextTests : IDisposable
{
    private readonly (CultureInfo Format, CultureInfo Language) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;

    [Theory]
    [InlineData("en-GB", "EUR", "318400", "€318,400")]
    [InlineData("en-GB", "EUR", "1234.56", "€1,235")]
    [InlineData("en-GB", "EUR", "12.5", "€12.50")]
    [InlineData("en-GB", "EUR", "12", "€12")]
    [InlineData("en-GB", "EUR", "-12.5", "-€12.50")]
    [InlineData("en-GB", "CNY", "1240000", "CN¥1,240,000")]
    [InlineData("zh-CN", "CNY", "860000", "¥860,000")]
    [InlineData("en-GB", "JPY", "980", "JP¥980")]
    [InlineData("ja-JP", "JPY", "980", "¥980")]
    [InlineData("en-US", "USD", "54000", "$54,000")]
    [InlineData("en-AU", "USD", "54000", "US$54,000")]
    [InlineData("de-DE", "EUR", "318400", "318.400\u00a0€")]
    [InlineData("en-GB", "SEK", "318400", "SEK\u00a0318,400")]
    public void Lists_leave_out_what_does_not_matter(string format, string currency, string amount, string expected)
    {
        Read(format);

        Assert.Equal(expected, MoneyText.Brief(Of(amount), currency));
    }

    [Theory]
    [InlineData("zh-CN", "CNY", "CN¥5")]
    [InlineData("ja-JP", "JPY", "JP¥5")]
    [InlineData("en-US", "USD", "US$5")]
    public void Side_by_side_a_sign_says_whose_it_is(string format, string currency, string expected)
    {
        Read(format);

        Assert.Equal(expected, MoneyText.Brief(5, currency, mixed: true));
    }

    [Theory]
    [InlineData("en-GB", "EUR", "61150", "€61,150.00")]
    [InlineData("en-GB", "JPY", "61150", "JP¥61,150")]
    [InlineData("en-GB", "KWD", "1.5", "KWD\u00a01.500")]
    [InlineData("zh-CN", "CNY", "860000.005", "¥860,000.01")]
    public void Documents_show_every_digit(string format, string currency, string amount, string expected)
    {
        Read(format);

        Assert.Equal(expected, MoneyText.Exact(Of(amount), currency));
    }

    [Fact]
    public void An_amount_whose_currency_is_not_for_the_reader_is_a_number()
    {
        Read("en-GB");

        Assert.Equal("-14,200", MoneyText.Brief(-14_200, ""));
    }

    [Theory]
    [InlineData("en-GB", "EUR", "2310000", "€2.31 M")]
    [InlineData("en-GB", "EUR", "338000", "€338k")]
    [InlineData("en-GB", "EUR", "33840", "€33.8k")]
    [InlineData("en-GB", "EUR", "9999", "€9,999")]
    [InlineData("en-GB", "EUR", "999999", "€1 M")]
    [InlineData("en-GB", "EUR", "3400000000", "€3.4 B")]
    [InlineData("en-GB", "EUR", "-2310000", "-€2.31 M")]
    [InlineData("zh-CN", "CNY", "12680000", "¥1,268 万")]
    [InlineData("zh-CN", "CNY", "3086000", "¥308.6 万")]
    [InlineData("zh-CN", "CNY", "1240000", "¥124.0 万")]
    [InlineData("zh-CN", "CNY", "320000000", "¥3.2 亿")]
    [InlineData("zh-CN", "CNY", "9999", "¥9,999")]
    [InlineData("de-DE", "EUR", "2310000", "2,31 M\u00a0€")]
    public void Figures_are_short_in_the_steps_of_the_language(string format, string currency, string amount, string expected)
    {
        Read(format);

        Assert.Equal(expected, MoneyText.Compact(Of(amount), currency, new Localizer()));
    }

    private static decimal Of(string amount) => decimal.Parse(amount, CultureInfo.InvariantCulture);

    private static void Read(string format) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(format);
}
