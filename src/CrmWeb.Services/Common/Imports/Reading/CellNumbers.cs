using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Numbers in cells.</summary>
internal static class CellNumbers
{
    private const int MaxLength = 60;

    private static readonly string[] currencies =
        ["人民币", "CN¥", "JP¥", "US$", "HK$", "NT$", "A$", "C$", "R$", "RMB", "Fr.", "kr.", "kr", "zł", "Kč", "Ft", "元", "圆", "円", "원", "圓"];

    public static CellValue<decimal> Read(string cell, CultureInfo culture)
    {
        var plain = cell.Length > MaxLength * 2 ? cell : CellText.Plain(cell);
        if (CellValues.IsNothing(plain))
            return default;
        return plain.Length <= MaxLength && Signed(plain, culture) is { } number ? new(number, null) : new(null, new("Import.Cell.NotANumber", null, CellValues.Shown(cell)));
    }

    /// <summary>Takes off brackets, signs, currency and percent sign, each at most once.</summary>
    private static decimal? Signed(string text, CultureInfo culture)
    {
        var (rest, signs, percent) = (text, 0, false);
        var negative = Strip(ref rest, "(", ")");
        signs += negative ? 1 : 0;
        for (var before = ""; before != rest;)
        {
            before = rest;
            if (rest.StartsWith('-') || rest.EndsWith('-') || rest.StartsWith('+'))
            {
                negative |= !rest.StartsWith('+');
                rest = rest.EndsWith('-') ? rest[..^1] : rest[1..];
                signs++;
            }
            else if (rest.EndsWith('%') && !percent)
            {
                (rest, percent) = (rest[..^1], true);
            }
            rest = WithoutCurrency(rest.Trim());
        }
        if (signs > 1 || Unsigned(rest, culture) is not { } number)
            return null;
        return (negative ? -number : number) / (percent ? 100 : 1);
    }

    private static bool Strip(ref string text, string start, string end)
    {
        if (text.Length <= 2 || !text.StartsWith(start, StringComparison.Ordinal) || !text.EndsWith(end, StringComparison.Ordinal))
            return false;
        text = text[start.Length..^end.Length].Trim();
        return true;
    }

    private static string WithoutCurrency(string text)
    {
        if (text.Length > 1 && char.GetUnicodeCategory(text[0]) == UnicodeCategory.CurrencySymbol)
            return text[1..].Trim();
        if (text.Length > 1 && char.GetUnicodeCategory(text[^1]) == UnicodeCategory.CurrencySymbol)
            return text[..^1].Trim();
        if (Array.Find(currencies, sign => text.Length > sign.Length && text.StartsWith(sign, StringComparison.Ordinal)) is { } before)
            return text[before.Length..].Trim();
        if (ChineseNumbers.IsCapital(text))
            return text; // 壹仟元整: the currency parts it from its fractions
        if (Array.Find(currencies, sign => text.Length > sign.Length && text.EndsWith(sign, StringComparison.Ordinal)) is { } after)
            return text[..^after.Length].Trim();
        return IsCode(text.AsSpan(0, Math.Min(3, text.Length))) && text.Length > 3 && !char.IsLetter(text[3]) ? text[3..].Trim()
            : text.Length > 3 && IsCode(text.AsSpan(text.Length - 3)) && !char.IsLetter(text[^4]) ? text[..^3].Trim() : text;
    }

    /// <summary>EUR, CNY: three capitals.</summary>
    private static bool IsCode(ReadOnlySpan<char> text) => text.Length == 3 && !text.ContainsAnyExceptInRange('A', 'Z');

    private static decimal? Unsigned(string text, CultureInfo culture) => ChineseNumbers.Has(text) ? ChineseNumbers.Read(text, part => Digits(part, culture)) : Digits(text, culture);

    /// <summary>Digits with the culture's decimal mark, well-grouped, perhaps with an exponent.</summary>
    private static decimal? Digits(string text, CultureInfo culture)
    {
        var exponent = text.IndexOfAny(['E', 'e']);
        var (mantissa, power) = exponent < 0 ? (text, "") : (text[..exponent], text[exponent..]);
        var mark = culture.NumberFormat.NumberDecimalSeparator == "," ? ',' : '.';
        var (whole, fraction) = mantissa.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? (mantissa[..at], mantissa[(at + 1)..]) : (mantissa, "");
        if (Ungrouped(whole, mark, culture) is not { } digits || !fraction.All(char.IsAsciiDigit) || digits.Length + fraction.Length == 0)
            return null;
        return decimal.TryParse($"{digits}.{fraction}0{power}", NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The digits without the marks between groups of three (of two in India, but for the last); null when the groups are other ones.</summary>
    private static string? Ungrouped(string whole, char mark, CultureInfo culture)
    {
        var separator = whole.FirstOrDefault(c => !char.IsAsciiDigit(c));
        if (separator == '\0')
            return whole;
        if (!$"{(mark == ',' ? '.' : ',')} '".Contains(separator, StringComparison.Ordinal) && separator != '٬')
            return null;
        var (groups, inner) = (whole.Split(separator), culture.NumberFormat.NumberGroupSizes is [_, var second, ..] ? second : 3);
        var fits = groups[0].Length is > 0 and <= 3 && groups[^1].Length == 3 && Array.TrueForAll(groups[1..^1], group => group.Length == inner)
            && Array.TrueForAll(groups, group => group.All(char.IsAsciiDigit));
        return fits ? string.Concat(groups) : null;
    }
}
