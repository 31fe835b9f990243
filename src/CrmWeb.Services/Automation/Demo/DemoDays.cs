namespace CrmWeb.Services.Automation;

/// <summary>Days and hours on which work is done, up to now.</summary>
internal sealed class DemoDays(DateTime now)
{
    /// <summary>UTC.</summary>
    public DateTime Now => now;
    public DateOnly Today { get; } = DateOnly.FromDateTime(now);

    /// <summary>A moment of office hours, never later than now. UTC.</summary>
    public DateTime Past(DateOnly day, TimeZoneInfo zone, Dice dice)
    {
        var at = Utc(WorkDay(day, forward: false).ToDateTime(new(dice.Between(8, 17), dice.Next(12) * 5)), zone);
        var lately = now.AddMinutes(-dice.Between(5, 170)); // thrown in any case: the hour of the start must not change what falls later
        return at < now ? at : lately;
    }

    /// <summary>A moment at a wanted time of day, never later than now. UTC.</summary>
    public DateTime Past(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var at = Utc(day.ToDateTime(time), zone);
        return at < now ? at : now.AddMinutes(-25);
    }

    /// <summary>A moment of office hours on a day to come. UTC.</summary>
    public static DateTime Future(DateOnly day, TimeZoneInfo zone, Dice dice) => Utc(day.ToDateTime(new(dice.Between(9, 16), dice.OneOf(0, 0, 15, 30))), zone);

    /// <summary>The day itself, or the nearest Friday before or Monday after a weekend.</summary>
    public static DateOnly WorkDay(DateOnly day, bool forward) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(forward ? 2 : -1),
        DayOfWeek.Sunday => day.AddDays(forward ? 1 : -2),
        _ => day,
    };

    public static DateTime Utc(DateTime local, TimeZoneInfo zone) => TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
}
