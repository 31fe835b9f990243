using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmWeb.Services.Common;

/// <summary>Dates as people type them into a form: in their own format, as ISO date, in words: tomorrow, +3d, fri, 明天, 下周一.</summary>
public static partial class DateInput
{
    /// <summary>Reads a date; false when the text is none.</summary>
    /// <param name="format">The person's format: decides whether 3/4 is the third of April or the fourth of March.</param>
    /// <param name="today">The day it is for the person.</param>
    public static bool TryParse(string? text, CultureInfo format, DateOnly today, out DateOnly date)
    {
        var typed = Blanks.Replace((text ?? "").Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant(), " ");
        var found = typed.Length is 0 or > 40 ? null
            : DateWords.Read(typed, today) ?? Numbers(typed, format, today) ?? MonthName(typed, format, today);

        date = found ?? default;
        return found is { Year: >= 1800 and <= 2999 };
    }

    /// <summary>The date as its field shows it, in the person's format.</summary>
    public static string Format(DateOnly date, CultureInfo format) => date.ToString("d", format);

    private static DateOnly? Numbers(string typed, CultureInfo format, DateOnly today)
    {
        if (Numeric.Match(typed) is not { Success: true } match)
            return null;

        var (a, b, c) = (Part(match, "a"), Part(match, "b"), match.Groups["c"].Success ? Part(match, "c") : (int?)null);
        if (match.Groups["a"].Length == 4)
            return c is { } day ? Day(a, b, day) : null;

        var dayFirst = DayFirst(format);
        if (c is not { } year)
            return Coming(dayFirst ? b : a, dayFirst ? a : b, today) ?? (match.Groups["s"].Value is "-" ? Coming(a, b, today) : null);
        if (match.Groups["c"].Length is not (2 or 4))
            return null;
        if (match.Groups["c"].Length == 2 && YearFirst(format))
            return Day(CultureInfo.InvariantCulture.Calendar.ToFourDigitYear(a), b, year);

        year = year < 100 ? CultureInfo.InvariantCulture.Calendar.ToFourDigitYear(year) : year;
        return dayFirst ? Day(year, b, a) : Day(year, a, b);
    }

    /// <summary>26 Nov, November 26, 2026, 26. November: with the format's names of months or the English ones.</summary>
    private static DateOnly? MonthName(string typed, CultureInfo format, DateOnly today)
    {
        if (Named.Match(typed) is not { Success: true } match)
            return null;

        var month = MonthOf(match.Groups["m"].Value, format) ?? MonthOf(match.Groups["m"].Value, CultureInfo.InvariantCulture);
        if (month is null)
            return null;
        return match.Groups["y"].Success ? Day(Part(match, "y"), month.Value, Part(match, "d")) : Coming(month.Value, Part(match, "d"), today);
    }

    private static int? MonthOf(string name, CultureInfo format)
    {
        for (var month = 1; month <= 12; month++)
        {
            var (full, brief) = (format.DateTimeFormat.GetMonthName(month), format.DateTimeFormat.GetAbbreviatedMonthName(month).TrimEnd('.'));
            if (name.Equals(full, StringComparison.OrdinalIgnoreCase) || name.Equals(brief, StringComparison.OrdinalIgnoreCase))
                return month;
        }

        return null;
    }

    /// <summary>A day without its year: this year's, or next year's when this year's is half a year gone.</summary>
    internal static DateOnly? Coming(int month, int day, DateOnly today) =>
        Day(today.Year, month, day) is { } thisYear && thisYear >= today.AddDays(-183) ? thisYear : Day(today.Year + 1, month, day);

    internal static DateOnly? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    internal static int Part(Match match, string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    private static bool DayFirst(CultureInfo format)
    {
        var pattern = format.DateTimeFormat.ShortDatePattern;
        return pattern.IndexOf('d', StringComparison.Ordinal) < pattern.IndexOf('M', StringComparison.Ordinal);
    }

    private static bool YearFirst(CultureInfo format) => format.DateTimeFormat.ShortDatePattern.StartsWith('y');

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks { get; }

    [GeneratedRegex("^(?<a>[0-9]{1,4}) ?(?<s>[-/.年月]) ?(?<b>[0-9]{1,2})( ?[-/.月] ?(?<c>[0-9]{1,4}))? ?[日号.]?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numeric { get; }

    [GeneratedRegex(@"^((?<d>[0-9]{1,2})(st|nd|rd|th|\.)? ?(of )?(?<m>\p{L}+)|(?<m>\p{L}+)\.? ?(?<d>[0-9]{1,2})(st|nd|rd|th)?)\.?(,? ?(?<y>[0-9]{4}))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named { get; }
}
