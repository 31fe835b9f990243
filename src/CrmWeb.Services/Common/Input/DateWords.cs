using System.Text.RegularExpressions;

namespace CrmWeb.Services.Common;

/// <summary>Days said in words, in English and Chinese, counted from a given day.</summary>
internal static partial class DateWords
{
    private const string Weekdays = "一二三四五六日";

    /// <summary>The day that is meant; null when the words are none of these.</summary>
    /// <param name="typed">Lower case, single blanks, half-width.</param>
    public static DateOnly? Read(string typed, DateOnly today) =>
        Fixed(typed, today) ?? Step(typed, today) ?? Weekday(typed, today);

    private static DateOnly? Fixed(string typed, DateOnly today) => typed switch
    {
        "today" or "tod" or "now" or "今天" or "今日" => today,
        "tomorrow" or "tom" or "tmr" or "明天" or "明日" => today.AddDays(1),
        "day after tomorrow" or "后天" => today.AddDays(2),
        "大后天" => today.AddDays(3),
        "yesterday" or "昨天" or "昨日" => today.AddDays(-1),
        "前天" => today.AddDays(-2),
        "next week" or "下周" or "下星期" => today.AddDays(7),
        "next month" or "下月" or "下个月" => today.AddMonths(1),
        "end of month" or "eom" or "月底" => new DateOnly(today.Year, today.Month, 1).AddMonths(1).AddDays(-1),
        "end of year" or "eoy" or "年底" => new DateOnly(today.Year, 12, 31),
        _ => null,
    };

    /// <summary>+3d, -2w, 3 days, in 2 weeks, 3天后, 两周后, 1个月前.</summary>
    private static DateOnly? Step(string typed, DateOnly today)
    {
        var match = Steps.Match(typed);
        if (!match.Success || typed.All(char.IsAsciiDigit)) // a bare number is no step: it takes a sign or a unit
            return null;

        var n = match.Groups["n"].Value switch { "一" => 1, "两" or "二" => 2, "三" => 3, _ => DateInput.Part(match, "n") };
        if (match.Groups["back"].Success)
            n = -n;
        return match.Groups["unit"].Value switch
        {
            "w" or "week" or "weeks" or "周" or "星期" or "个星期" => today.AddDays(7 * n),
            "m" or "month" or "months" or "月" or "个月" => today.AddMonths(n),
            "y" or "year" or "years" or "年" => today.AddYears(n),
            _ => today.AddDays(n),
        };
    }

    /// <summary>fri is the next Friday to come; next fri and 下周五 lie in the week after this one, 本周五 in this one. Weeks begin on Monday.</summary>
    private static DateOnly? Weekday(string typed, DateOnly today)
    {
        var match = Days.Match(typed);
        if (!match.Success)
            return null;

        var day = match.Groups["zh"].Success
            ? Weekdays.IndexOf(match.Groups["zh"].Value is "天" ? "日" : match.Groups["zh"].Value, StringComparison.Ordinal)
            : Array.IndexOf(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], match.Groups["en"].Value);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return match.Groups["which"].Value.Trim() switch
        {
            "next" or "下" or "下个" => monday.AddDays(7 + day),
            "下下" or "下下个" => monday.AddDays(14 + day),
            "last" or "上" or "上个" => monday.AddDays(day - 7),
            "this" or "本" or "这" or "这个" => monday.AddDays(day),
            _ => monday.AddDays(day) > today ? monday.AddDays(day) : monday.AddDays(day + 7),
        };
    }

    [GeneratedRegex("^(?<back>-)?\\+?(in )?(?<n>[0-9]{1,3}|[一二两三]) ?(?<unit>d|days?|w|weeks?|m|months?|y|years?|天|日|周|个?星期|个?月|年|)( ?(?<back>ago|前|以前)| ?(后|以后|之后))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Steps { get; }

    [GeneratedRegex("^(?<which>next |this |last |on )?(?<en>mon|tue|wed|thu|fri|sat|sun)([a-z]*day|s|rs?|nes)?$|^(?<which>下下个?|下个?|上个?|本|这个?)?(周|星期|礼拜)(?<zh>[一二三四五六日天])$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Days { get; }
}
