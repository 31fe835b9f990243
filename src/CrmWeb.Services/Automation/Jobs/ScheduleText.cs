using System.Globalization;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Automation;

/// <summary>A schedule in words, on the clock of its reader.</summary>
public static class ScheduleText
{
    /// <param name="next">When it is due next, on the reader's clock.</param>
    public static string Of(string cron, DateTime next, IStringLocalizer texts) => cron.Split(' ') switch
    {
        ["*", "*", "*", "*", "*"] => texts["Job.EveryMinute"],
        [['*', '/', .. var minutes], "*", "*", "*", "*"] => texts["Job.EveryMinutes", minutes],
        [_, "*", "*", "*", "*"] => texts["Job.EveryHour", next.Minute],
        [_, _, "*", "*", "*"] => texts["Job.EveryDay", DateText.Time(next)],
        [_, _, "*", "*", _] => texts["Job.EveryWeek", CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(next.DayOfWeek), DateText.Time(next)],
        _ => cron,
    };
}
