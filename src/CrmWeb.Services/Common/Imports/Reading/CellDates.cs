namespace CrmWeb.Services.Common;

/// <summary>Days and moments in cells.</summary>
internal static class CellDates
{
    private const int MaxLength = 50;

    public static CellValue<DateOnly> ReadDay(string cell, CellFormat format) => Read(cell, format) switch
    {
        { Value: { } read } when read.Offset is { } offset =>
            new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(new DateTimeOffset(read.Day.ToDateTime(read.Time), offset), format.Zone).DateTime), null),
        { Value: { } read } => new(read.Day, null),
        var other => new(null, other.Problem),
    };

    public static CellValue<DateTime> ReadMoment(string cell, CellFormat format) => Read(cell, format) switch
    {
        { Value: { } read } when read.Offset is { } offset => new(new DateTimeOffset(read.Day.ToDateTime(read.Time), offset).UtcDateTime, null),
        { Value: { } read } => new(ToUtc(read.Day.ToDateTime(read.Time), format.Zone), null),
        var other => new(null, other.Problem),
    };

    /// <summary>A time that the clocks skipped is read as if they had not been put forward.</summary>
    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);

    private static CellValue<(DateOnly Day, TimeOnly Time, TimeSpan? Offset)> Read(string cell, CellFormat format)
    {
        var plain = cell.Length > MaxLength * 2 ? cell : CellText.Plain(cell);
        if (CellValues.IsNothing(plain) || plain is "0/0/00")
            return default;
        var split = plain.Length <= MaxLength ? CellTimes.Split(plain) : null;
        var (day, problem) = split is { } parts ? DayReader.Read(parts.Date, format) : (null, DayReader.NotADate);
        return day is { } found ? new((found, split!.Value.Time, split.Value.Offset), null) : new(null, new(problem!, null, CellValues.Shown(cell)));
    }
}
