using System.Globalization;

namespace CrmWeb.Data.Common;

/// <summary>Words for days and periods in the viewer's own zone: "today", "-14d", "thisMonth", "2026-03-01".</summary>
internal sealed class Periods(Habits habits, TimeProvider clock)
{
    private readonly DateOnly today = habits.Today(clock);

    /// <summary>First day, and the day after the last one.</summary>
    public (DateOnly From, DateOnly Until)? Read(FilterOperator op, string value) => op switch
    {
        FilterOperator.Between when value.Split("..", 2) is [var from, var to] && Day(from) is { } first && Day(to) is { } last => (first, last.AddDays(1)),
        FilterOperator.In => Named(value),
        FilterOperator.Last => Count(value) is { } n ? (today.AddDays(-n), today.AddDays(1)) : null,
        FilterOperator.Next => Count(value) is { } n ? (today, today.AddDays(n + 1)) : null,
        _ => Day(value) is { } day ? (day, day.AddDays(1)) : Named(value),
    };

    private DateOnly? Day(string value)
    {
        if (value == "today")
            return today;
        if (value is [.., 'd'] && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) <= 36_500)
            return today.AddDays(days);
        return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1800 and < 9000 ? day : null;
    }

    private static int? Count(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500 ? days : null;

    private (DateOnly, DateOnly)? Named(string value)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        var year = new DateOnly(today.Year, 1, 1);
        var week = today.AddDays(-(((int)today.DayOfWeek - (int)habits.Format.DateTimeFormat.FirstDayOfWeek + 7) % 7));
        return value switch
        {
            "today" => (today, today.AddDays(1)),
            "thisWeek" => (week, week.AddDays(7)),
            "lastWeek" => (week.AddDays(-7), week),
            "thisMonth" => (month, month.AddMonths(1)),
            "lastMonth" => (month.AddMonths(-1), month),
            "thisQuarter" => (quarter, quarter.AddMonths(3)),
            "lastQuarter" => (quarter.AddMonths(-3), quarter),
            "thisYear" => (year, year.AddYears(1)),
            "lastYear" => (year.AddYears(-1), year),
            _ => null,
        };
    }
}
