using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

/// <summary>Dates and moments as people read them: in the current format, with the weekday when near, relative when very near.</summary>
public static partial class DateText
{
    private const int NearDays = 14;

    /// <summary>Thu 26 Nov, 11月26日 周四; 3 March in the same year, 3 Mar 2025 in another.</summary>
    public static string Brief(DateOnly date, DateOnly today)
    {
        var format = CultureInfo.CurrentCulture;
        var patterns = Patterns.Of(format);
        return date.ToString(Math.Abs(date.DayNumber - today.DayNumber) <= NearDays ? patterns.Near : date.Year == today.Year ? patterns.SameYear : patterns.OtherYear, format);
    }

    /// <summary>Brief, with the time of day.</summary>
    public static string Brief(DateTime local, DateOnly today) =>
        $"{Brief(DateOnly.FromDateTime(local), today)}{Patterns.Of(CultureInfo.CurrentCulture).Between}{Time(local)}";

    /// <summary>14:30 or 2:30 PM.</summary>
    public static string Time(DateTime local) => local.ToString("t", CultureInfo.CurrentCulture);

    /// <summary>The whole date and time, for tooltips and print.</summary>
    public static string Full(DateTime local) => local.ToString("f", CultureInfo.CurrentCulture);

    /// <inheritdoc cref="Full(DateTime)"/>
    public static string Full(DateOnly date) => date.ToString("D", CultureInfo.CurrentCulture);

    /// <summary>Thursday 19 November: the heading over what happened on a day; with its year in another year.</summary>
    public static string Heading(DateOnly date, DateOnly today, IStringLocalizer texts)
    {
        var patterns = Patterns.Of(CultureInfo.CurrentCulture);
        var day = date.ToString(date.Year == today.Year ? patterns.Heading : "D", CultureInfo.CurrentCulture);
        return (date.DayNumber - today.DayNumber) switch
        {
            0 => texts["Time.Today"],
            -1 => texts["Time.DayIs", texts["Time.Yesterday"].Value, day],
            1 => texts["Time.DayIs", texts["Time.Tomorrow"].Value, day],
            _ => day,
        };
    }

    /// <summary>just now, 5 min ago, Today 09:12, Yesterday, 3 days ago; the date after a week.</summary>
    /// <param name="local">The moment on the reader's clock.</param>
    /// <param name="now">The reader's clock.</param>
    public static string Relative(DateTime local, DateTime now, IStringLocalizer texts)
    {
        var today = DateOnly.FromDateTime(now);
        var minutes = (now - local).TotalMinutes;
        return (DateOnly.FromDateTime(local).DayNumber - today.DayNumber) switch
        {
            0 when minutes is >= 0 and < 1 => texts["Time.Now"],
            0 when minutes is >= 1 and < 60 => texts["Time.MinutesAgo", (int)minutes],
            0 => texts["Time.TodayAt", Time(local)],
            -1 => texts["Time.YesterdayAt", Time(local)],
            1 => texts["Time.TomorrowAt", Time(local)],
            var days and < 0 and >= -7 => texts.Count("Time.DaysAgo", -days),
            _ => Brief(DateOnly.FromDateTime(local), today),
        };
    }

    /// <summary>Today, Yesterday, Tomorrow, 3 days ago; the date otherwise: what is to come is better read as a day.</summary>
    public static string Relative(DateOnly date, DateOnly today, IStringLocalizer texts) => (date.DayNumber - today.DayNumber) switch
    {
        0 => texts["Time.Today"],
        -1 => texts["Time.Yesterday"],
        1 => texts["Time.Tomorrow"],
        var days and < 0 and >= -7 => texts.Count("Time.DaysAgo", -days),
        _ => Brief(date, today),
    };

    /// <summary>A day by which something is due: 2 days late, Today, Tomorrow, Thu 26 Nov.</summary>
    public static string Due(DateOnly date, DateOnly today, IStringLocalizer texts) =>
        date < today ? texts.Count("Time.DaysLate", today.DayNumber - date.DayNumber) : Relative(date, today, texts);

    /// <summary>What a format's own long patterns become when shortened.</summary>
    private sealed partial record Patterns(string Near, string SameYear, string OtherYear, string Heading, string Between)
    {
        private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Patterns> Known = new(StringComparer.Ordinal);

        public static Patterns Of(CultureInfo format) => Known.GetOrAdd(format.Name, _ => Make(format.DateTimeFormat));

        private static Patterns Make(DateTimeFormatInfo format)
        {
            var day = format.MonthDayPattern.Replace("MMMM", "MMM", StringComparison.Ordinal);
            var east = day.Contains('日', StringComparison.Ordinal) || day.Contains('일', StringComparison.Ordinal);
            var year = Weekday.Replace(format.LongDatePattern, "").Replace("MMMM", "MMM", StringComparison.Ordinal).Trim(' ', ',', '،');
            var monthFirst = day.StartsWith('M');
            return new(
                Near: east ? $"{day} ddd" : monthFirst ? $"ddd, {day}" : $"ddd {day}",
                SameYear: day,
                OtherYear: year,
                Heading: east ? $"{format.MonthDayPattern} dddd" : monthFirst ? $"dddd, {format.MonthDayPattern}" : $"dddd {format.MonthDayPattern}",
                Between: east ? " " : ", ");
        }

        [GeneratedRegex("('[^']*' ?)?dddd,? ?('[^']*' ?)?", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Weekday { get; }
    }
}
