using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>The time of day behind a date: 2024-03-05T23:30:00-05:00, 3/5/2024 9:14 PM.</summary>
internal static class CellTimes
{
    /// <summary>Date as text, time (midnight when none is written) and offset from UTC; null when what looks like a time is none.</summary>
    public static (string Date, TimeOnly Time, TimeSpan? Offset)? Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return (text, default, null);
        var start = text.LastIndexOfAny([' ', 'T', 't'], colon);
        if (start <= 0)
            return null;
        var time = text[(start + 1)..].Trim();
        return TakeOffset(ref time, out var offset) && ReadTime(time) is { } read ? (text[..start].Trim(), read, offset) : null;
    }

    private static bool TakeOffset(ref string time, out TimeSpan? offset)
    {
        offset = null;
        if (time.EndsWith('Z') || time.EndsWith("UTC", StringComparison.OrdinalIgnoreCase) || time.EndsWith("GMT", StringComparison.OrdinalIgnoreCase))
        {
            (time, offset) = (time[..^(time.EndsWith('Z') ? 1 : 3)].Trim(), TimeSpan.Zero);
            return true;
        }
        var sign = time.LastIndexOfAny(['+', '-']);
        if (sign < 0)
            return true;
        var digits = time[(sign + 1)..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is not (2 or 4) || !digits.All(char.IsAsciiDigit))
            return false;
        var minutes = int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60 + (digits.Length == 4 ? int.Parse(digits[2..], CultureInfo.InvariantCulture) : 0);
        offset = TimeSpan.FromMinutes(time[sign] == '-' ? -minutes : minutes);
        time = time[..sign].Trim();
        return minutes <= 14 * 60;
    }

    private static TimeOnly? ReadTime(string time) =>
        TimeOnly.TryParseExact(time.ToUpperInvariant(), ["H:m", "H:m:s", "H:m:s.FFFFFFF", "h:m tt", "h:m:s tt", "h:mtt", "h:m:stt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
}
