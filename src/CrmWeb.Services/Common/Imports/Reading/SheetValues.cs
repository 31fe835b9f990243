using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Numbers of cells as text that reads the same in every language: days as 2024-03-05, times as 13:45:00, numbers with a point.</summary>
internal static class SheetValues
{
    private const int FalseLeapDay = 60, Days1904 = 1462, DayAfterLast = 2_958_466;

    /// <summary>The text; null when the number is none, or no day.</summary>
    public static string? Read(string value, NumberMeaning meaning, bool from1904)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        return meaning switch
        {
            NumberMeaning.Time when number is >= 0 and < 1 => Clock(number),
            NumberMeaning.Day or NumberMeaning.Time => Moment(number, from1904),
            _ => Number(value, number),
        };
    }

    /// <summary>Digits are kept as they are; of the others as many as a spreadsheet shows.</summary>
    private static string Number(string value, double number)
    {
        if (value.Length <= 28 && value.All(char.IsAsciiDigit))
            return value;
        return decimal.TryParse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString("0.#############################", CultureInfo.InvariantCulture)
            : value;
    }

    private static string? Moment(double number, bool from1904)
    {
        var days = number + (from1904 ? Days1904 : 0);
        if (days < 1 || days >= DayAfterLast || (int)days == FalseLeapDay) // 29 February 1900, which only the spreadsheet knows
            return null;
        var at = new DateTime(1899, 12, days < FalseLeapDay ? 31 : 30).AddSeconds(Math.Round(days * 86_400));
        return at.TimeOfDay == TimeSpan.Zero ? at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static string Clock(double number) => TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(Math.Min(Math.Round(number * 86_400), 86_399))).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
