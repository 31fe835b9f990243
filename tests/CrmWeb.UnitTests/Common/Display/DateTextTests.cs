using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common.Display;

public sealed class DateTextTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 11, 23, 10, 24, 0);
    private static readonly DateOnly Today = new(2026, 11, 23);

    private readonly (CultureInfo Format, CultureInfo Language) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly Localizer texts = new();

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;

    [Theory]
    [InlineData("en-GB", "2026-11-26", "Thu 26 Nov")]
    [InlineData("en-US", "2026-11-26", "Thu, Nov 26")]
    [InlineData("zh-CN", "2026-11-26", "11月26日 周四")]
    [InlineData("en-GB", "2026-03-03", "3 Mar")]
    [InlineData("en-US", "2026-03-03", "Mar 3")]
    [InlineData("zh-CN", "2026-03-03", "3月3日")]
    [InlineData("en-GB", "2025-11-26", "26 Nov 2025")]
    [InlineData("en-US", "2025-11-26", "Nov 26, 2025")]
    [InlineData("zh-CN", "2025-11-26", "2025年11月26日")]
    [InlineData("de-DE", "2025-11-26", "26. Nov 2025")]
    public void A_date_says_no_more_than_needed(string format, string date, string expected)
    {
        Read(format);

        Assert.Equal(expected, DateText.Brief(Day(date), Today).Replace("Nov.", "Nov", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en-GB", "Thu 26 Nov, 14:30")]
    [InlineData("zh-CN", "11月26日 周四 14:30")]
    public void A_moment_has_its_time(string format, string expected)
    {
        Read(format);

        Assert.Equal(expected, DateText.Brief(new DateTime(2026, 11, 26, 14, 30, 0), Today));
    }

    [Theory]
    [InlineData("en-GB", "2026-11-23 10:23:30", "just now")]
    [InlineData("en-GB", "2026-11-23 10:19:00", "5 min ago")]
    [InlineData("en-GB", "2026-11-23 09:12:00", "Today, 09:12")]
    [InlineData("en-GB", "2026-11-23 16:00:00", "Today, 16:00")]
    [InlineData("en-GB", "2026-11-22 16:48:00", "Yesterday, 16:48")]
    [InlineData("en-GB", "2026-11-24 09:00:00", "Tomorrow, 09:00")]
    [InlineData("en-GB", "2026-11-20 09:00:00", "3 days ago")]
    [InlineData("en-GB", "2026-11-15 09:00:00", "Sun 15 Nov")]
    [InlineData("zh-CN", "2026-11-23 09:12:00", "今天 09:12")]
    [InlineData("zh-CN", "2026-11-20 09:00:00", "3 天前")]
    public void A_moment_near_now_is_told_from_now(string format, string moment, string expected)
    {
        Read(format);

        Assert.Equal(expected, DateText.Relative(DateTime.Parse(moment, CultureInfo.InvariantCulture), Now, texts));
    }

    [Theory]
    [InlineData("en-GB", "2026-11-22", "1 day late")]
    [InlineData("en-GB", "2026-11-21", "2 days late")]
    [InlineData("en-GB", "2026-11-23", "Today")]
    [InlineData("en-GB", "2026-11-24", "Tomorrow")]
    [InlineData("en-GB", "2026-11-27", "Fri 27 Nov")]
    [InlineData("zh-CN", "2026-11-22", "逾期 1 天")]
    public void What_is_late_says_by_how_much(string format, string date, string expected)
    {
        Read(format);

        Assert.Equal(expected, DateText.Due(Day(date), Today, texts));
    }

    [Theory]
    [InlineData("en-GB", "2026-11-23", "Today")]
    [InlineData("en-GB", "2026-11-22", "Yesterday, Sunday 22 November")]
    [InlineData("en-GB", "2026-11-19", "Thursday 19 November")]
    [InlineData("en-US", "2026-11-19", "Thursday, November 19")]
    [InlineData("zh-CN", "2026-11-22", "昨天，11月22日 星期日")]
    [InlineData("zh-CN", "2026-11-19", "11月19日 星期四")]
    public void A_heading_names_the_day(string format, string date, string expected)
    {
        Read(format);

        Assert.Equal(expected, DateText.Heading(Day(date), Today, texts));
    }

    private static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Read(string format) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(format);
}
