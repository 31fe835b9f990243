using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common.Input;

public sealed class DateInputTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Theory]
    [InlineData("en-GB", "2026-11-26", "2026-11-26")]
    [InlineData("en-GB", "26/11/2026", "2026-11-26")]
    [InlineData("en-US", "11/26/2026", "2026-11-26")]
    [InlineData("en-GB", "3/4/2026", "2026-04-03")]
    [InlineData("en-US", "3/4/2026", "2026-03-04")]
    [InlineData("de-DE", "26.11.2026", "2026-11-26")]
    [InlineData("de-DE", "26.11.", "2026-11-26")]
    [InlineData("zh-CN", "2026/11/26", "2026-11-26")]
    [InlineData("zh-CN", "2026年11月26日", "2026-11-26")]
    [InlineData("zh-CN", "11月26日", "2026-11-26")]
    [InlineData("zh-CN", "１１月２６号", "2026-11-26")]
    [InlineData("zh-CN", "11-26", "2026-11-26")]
    [InlineData("en-GB", "11-26", "2026-11-26")]
    [InlineData("en-GB", "26/11", "2026-11-26")]
    [InlineData("en-GB", "3/1", "2027-01-03")]
    [InlineData("en-GB", "26/11/26", "2026-11-26")]
    [InlineData("zh-CN", "26/11/26", "2026-11-26")]
    [InlineData("en-GB", "26 Nov", "2026-11-26")]
    [InlineData("en-US", "Nov 26, 2027", "2027-11-26")]
    [InlineData("de-DE", "26. November 2026", "2026-11-26")]
    [InlineData("de-DE", "3. März 2027", "2027-03-03")]
    [InlineData("fr-FR", "26 Nov 2026", "2026-11-26")]
    [InlineData("en-GB", "29/02/2028", "2028-02-29")]
    public void A_date_is_read_in_the_persons_format(string format, string text, string expected) => Reads(format, text, expected);

    [Theory]
    [InlineData("today", "2026-11-23")]
    [InlineData("Tomorrow", "2026-11-24")]
    [InlineData("yesterday", "2026-11-22")]
    [InlineData("+3d", "2026-11-26")]
    [InlineData("+3", "2026-11-26")]
    [InlineData("-2w", "2026-11-09")]
    [InlineData("in 2 weeks", "2026-12-07")]
    [InlineData("3 days", "2026-11-26")]
    [InlineData("3 days ago", "2026-11-20")]
    [InlineData("+1m", "2026-12-23")]
    [InlineData("fri", "2026-11-27")]
    [InlineData("friday", "2026-11-27")]
    [InlineData("Mon", "2026-11-30")]
    [InlineData("tuesday", "2026-11-24")]
    [InlineData("thurs", "2026-11-26")]
    [InlineData("next fri", "2026-12-04")]
    [InlineData("eom", "2026-11-30")]
    [InlineData("明天", "2026-11-24")]
    [InlineData("后天", "2026-11-25")]
    [InlineData("昨天", "2026-11-22")]
    [InlineData("周五", "2026-11-27")]
    [InlineData("星期天", "2026-11-29")]
    [InlineData("下周一", "2026-11-30")]
    [InlineData("下下周一", "2026-12-07")]
    [InlineData("本周五", "2026-11-27")]
    [InlineData("上周五", "2026-11-20")]
    [InlineData("3天后", "2026-11-26")]
    [InlineData("两周后", "2026-12-07")]
    [InlineData("1个月后", "2026-12-23")]
    [InlineData("3天前", "2026-11-20")]
    [InlineData("月底", "2026-11-30")]
    public void A_day_may_be_said_in_words(string text, string expected)
    {
        Reads("en-GB", text, expected);
        Reads("zh-CN", text, expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("31/02/2026")]
    [InlineData("29/02/2027")]
    [InlineData("2026-13-01")]
    [InlineData("11/26/2026")]
    [InlineData("32")]
    [InlineData("0001-01-01")]
    [InlineData("26 Nuv 2026")]
    [InlineData("fryday")]
    [InlineData("+99999d")]
    public void What_is_no_date_is_refused(string text)
    {
        Assert.False(DateInput.TryParse(text, CultureInfo.GetCultureInfo("en-GB"), Monday, out _));
    }

    [Theory]
    [InlineData("en-GB")]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    [InlineData("ja-JP")]
    public void What_a_field_shows_is_read_back_the_same(string format)
    {
        var culture = CultureInfo.GetCultureInfo(format);
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            Assert.True(DateInput.TryParse(DateInput.Format(day, culture), culture, Monday, out var read), DateInput.Format(day, culture));
            Assert.Equal(day, read);
        }
    }

    private static void Reads(string format, string text, string expected)
    {
        Assert.True(DateInput.TryParse(text, CultureInfo.GetCultureInfo(format), Monday, out var date), text);
        Assert.Equal(DateOnly.ParseExact(expected, "yyyy-MM-dd", CultureInfo.InvariantCulture), date);
    }
}
