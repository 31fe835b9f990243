using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Days as files write them. What could be two days is said to be a question.</summary>
internal static class DayReader
{
    public const string NotADate = "Import.Cell.NotADate", NoSuchDay = "Import.Cell.NoSuchDay", Ambiguous = "Import.Cell.AmbiguousDate";

    private const int OldestYear = 1600, LatestYear = 2999, Pivot = 50, FalseLeapDay = 60;
    private static readonly (string Name, int Before)[] eras = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("明治", 1867)];

    private enum Order { Unknown, DayFirst, MonthFirst, YearFirst }

    /// <summary>The day, or the key of what is wrong.</summary>
    public static (DateOnly? Day, string? Problem) Read(string text, CellFormat format)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return ReadNumber(text, number, format.Serials);
        var era = Array.Find(eras, era => text.StartsWith(era.Name, StringComparison.Ordinal));
        var tokens = Tokens(era.Name is null ? text : text[era.Name.Length..].Replace("元年", "1年", StringComparison.Ordinal));
        if (!tokens.Contains("年") && tokens.Exists(token => char.IsLetter(token[0])))
            return ReadNamed(tokens, format.Culture);
        var parts = tokens.FindAll(token => char.IsAsciiDigit(token[0]));
        if (parts.Count != 3 || parts.Exists(part => part.Length > 4) || !SeparatorsFit(tokens))
            return (null, NotADate);
        var order = era.Name is not null || tokens.Contains("年") || parts[0].Length == 4 ? Order.YearFirst : OrderOf(format.Culture, parts);
        return ReadParts([.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))], parts, order, era.Before);
    }

    private static (DateOnly?, string?) ReadNumber(string text, decimal number, SerialDates serials)
    {
        if (text.Length == 8 && text.All(char.IsAsciiDigit))
            return Day((int)number / 10000, (int)number / 100 % 100, (int)number % 100);
        var days = (int)Math.Min(Math.Truncate(number), 500_000);
        return serials switch
        {
            SerialDates.From1904 when number is >= 0 and < 400_000 => (new DateOnly(1904, 1, 1).AddDays(days), null),
            SerialDates.From1900 when days == FalseLeapDay => (null, NoSuchDay), // 29 February 1900, which only the spreadsheet knows
            SerialDates.From1900 when number is >= 1 and < 400_000 => (new DateOnly(1899, 12, days < FalseLeapDay ? 31 : 30).AddDays(days), null),
            _ => (null, NotADate),
        };
    }

    /// <summary>5-Mar-24, Mar 5, 2024, Tue 5 March 2024: month names of the culture or English.</summary>
    private static (DateOnly?, string?) ReadNamed(List<string> tokens, CultureInfo culture)
    {
        var numbers = tokens.FindAll(token => char.IsAsciiDigit(token[0]));
        var names = tokens.FindAll(token => char.IsLetter(token[0]) && !IsFiller(token, culture));
        if (numbers.Count != 2 || names is not [var name] || MonthOf(name, culture) is not { } month)
            return (null, NotADate);
        var (day, year) = numbers[0].Length == 4 ? (numbers[1], numbers[0]) : (numbers[0], numbers[1]);
        return day.Length > 2 || year.Length is not (2 or 4) ? (null, NotADate) : Day(Year(year), month, int.Parse(day, CultureInfo.InvariantCulture));
    }

    private static (DateOnly?, string?) ReadParts(int[] numbers, List<string> parts, Order order, int eraStart)
    {
        var (year, month, day) = order switch
        {
            Order.YearFirst => (0, 1, 2),
            Order.DayFirst => (2, 1, 0),
            Order.MonthFirst => (2, 0, 1),
            _ => (2, -1, -1),
        };
        if (month < 0)
            return (null, Ambiguous);
        if (eraStart > 0)
            return Day(eraStart + numbers[year], numbers[month], numbers[day]);
        return parts[year].Length is not (2 or 4) ? (null, NotADate) : Day(Year(parts[year]), numbers[month], numbers[day]);
    }

    /// <summary>By the culture; when that is not known, by the number that cannot be a month.</summary>
    private static Order OrderOf(CultureInfo culture, List<string> parts)
    {
        var pattern = culture.DateTimeFormat.ShortDatePattern;
        if (!culture.Equals(CultureInfo.InvariantCulture) && !(pattern.StartsWith('y') && parts[2].Length == 4))
            return pattern.StartsWith('y') ? Order.YearFirst : pattern.IndexOf('d', StringComparison.Ordinal) < pattern.IndexOf('M', StringComparison.Ordinal) ? Order.DayFirst : Order.MonthFirst;
        var (first, second) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        return first > 12 ? Order.DayFirst : second > 12 || first == second ? Order.MonthFirst : Order.Unknown;
    }

    private static int Year(string text)
    {
        var year = int.Parse(text, CultureInfo.InvariantCulture);
        return text.Length == 4 ? year : year < Pivot ? 2000 + year : 1900 + year;
    }

    private static (DateOnly?, string?) Day(int year, int month, int day) =>
        year is < OldestYear or > LatestYear || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? (null, NoSuchDay) : (new DateOnly(year, month, day), null);

    /// <summary>Runs of digits, runs of letters (Han one by one), other characters one by one; blanks fall away.</summary>
    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            if (char.IsAsciiDigit(text[start]))
            {
                while (end < text.Length && char.IsAsciiDigit(text[end]))
                    end++;
            }
            else if (char.IsLetter(text[start]) && text[start] < '\u2E80')
            {
                while (end < text.Length && char.IsLetter(text[end]) && text[end] < '\u2E80')
                    end++;
            }
            if (!char.IsWhiteSpace(text[start]))
                tokens.Add(text[start..end]);
            start = end;
        }
        return tokens;
    }

    /// <summary>One kind of mark between the three numbers, or 年 月 日.</summary>
    private static bool SeparatorsFit(List<string> tokens)
    {
        var marks = string.Concat(tokens.Where(token => !char.IsAsciiDigit(token[0])));
        return marks is "年月日" or "年月" or "年月号" or "年月號" or "--" or "//" or ".." or "..." or "";
    }

    private static bool IsFiller(string word, CultureInfo culture) => word.ToUpperInvariant() is "ST" or "ND" or "RD" or "TH" or "OF" or "DE"
        || Starts(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames, CultureInfo.InvariantCulture.DateTimeFormat.DayNames, word)
        || Starts(culture.DateTimeFormat.AbbreviatedDayNames, culture.DateTimeFormat.DayNames, word);

    private static bool Starts(string[] brief, string[] full, string word) => brief.Concat(full).Any(name => Same(name, word));

    private static int? MonthOf(string word, CultureInfo culture)
    {
        foreach (var names in new[] { CultureInfo.InvariantCulture.DateTimeFormat, culture.DateTimeFormat })
        {
            foreach (var list in new[] { names.MonthNames, names.AbbreviatedMonthNames, names.MonthGenitiveNames, names.AbbreviatedMonthGenitiveNames })
            {
                if (Array.FindIndex(list, name => Same(name, word)) is >= 0 and var month)
                    return month + 1;
            }
        }
        return word.Equals("Sept", StringComparison.OrdinalIgnoreCase) ? 9 : null;
    }

    private static bool Same(string name, string word) => name.Length > 0 && string.Equals(TextFold.Fold(name).TrimEnd('.'), TextFold.Fold(word), StringComparison.Ordinal);
}
