using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Words for days and periods in the viewer's own zone: "today", "-14d", "thisMonth", "2026-03-01".</summary>
public sealed class Periods(Habits habits, TimeProvider clock)
{
    private static readonly OrderedDictionary<string, Func<DateOnly, DayOfWeek, (DateOnly From, DateOnly Until)>> Named = new(StringComparer.Ordinal)
    {
        ["today"] = (today, _) => Days(today, 1),
        ["thisWeek"] = (today, first) => Days(Week(today, first), 7),
        ["lastWeek"] = (today, first) => Days(Week(today, first).AddDays(-7), 7),
        ["thisMonth"] = (today, _) => Months(Month(today), 1),
        ["lastMonth"] = (today, _) => Months(Month(today).AddMonths(-1), 1),
        ["thisQuarter"] = (today, _) => Months(Quarter(today), 3),
        ["lastQuarter"] = (today, _) => Months(Quarter(today).AddMonths(-3), 3),
        ["thisYear"] = (today, _) => Months(new(today.Year, 1, 1), 12),
        ["lastYear"] = (today, _) => Months(new(today.Year - 1, 1, 1), 12),
    };

    private readonly DateOnly today = habits.Today(clock);

    /// <summary>The words of periods, as addresses write them.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Named.Keys];

    /// <summary>Whether it is a word that means another day each day: "-14d", "+3d", "today", "thisMonth".</summary>
    public static bool IsRelative(string value) => Named.ContainsKey(value) || Away(value) is not null;

    /// <summary>How many days a word like "-14d" or "+3d" is away from today; null when it is none.</summary>
    public static int? Away(string value) =>
        value is [.., 'd'] && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) <= 36_500 ? days : null;

    /// <summary>First day, and the day after the last one.</summary>
    public (DateOnly From, DateOnly Until)? Read(FilterOperator op, string value) => op switch
    {
        FilterOperator.Between when value.Split("..", 2) is [var from, var to] && Day(from) is { } first && Day(to) is { } last => (first, last.AddDays(1)),
        FilterOperator.In => Word(value),
        FilterOperator.Last => Count(value) is { } n ? (today.AddDays(-n), today.AddDays(1)) : null,
        FilterOperator.Next => Count(value) is { } n ? (today, today.AddDays(n + 1)) : null,
        _ => Day(value) is { } day ? (day, day.AddDays(1)) : Word(value),
    };

    private DateOnly? Day(string value)
    {
        if (value == "today")
            return today;
        if (Away(value) is { } days)
            return today.AddDays(days);
        return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1800 and < 9000 ? day : null;
    }

    private static int? Count(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500 ? days : null;

    private (DateOnly, DateOnly)? Word(string value) => Named.TryGetValue(value, out var period) ? period(today, habits.Format.DateTimeFormat.FirstDayOfWeek) : null;

    private static (DateOnly, DateOnly) Days(DateOnly from, int days) => (from, from.AddDays(days));

    private static (DateOnly, DateOnly) Months(DateOnly from, int months) => (from, from.AddMonths(months));

    private static DateOnly Week(DateOnly day, DayOfWeek first) => day.AddDays(-(((int)day.DayOfWeek - (int)first + 7) % 7));

    private static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    private static DateOnly Quarter(DateOnly day) => new(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
}
