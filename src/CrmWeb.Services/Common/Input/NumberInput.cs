using System.Globalization;
using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>Numbers as people type them into a form: 1,000.50 or 1.000,50 or 1 000 or 12万 or 2.5k, with or without a currency sign.</summary>
public static class NumberInput
{
    private const string Signs = "€$£¥₩₹元円";

    /// <summary>Reads a number; false when the text is none.</summary>
    /// <param name="format">The person's format; decides what a single separator means: 1,000 is a thousand in English and one in German.</param>
    public static bool TryParse(string? text, CultureInfo format, out decimal number)
    {
        number = 0;
        var digits = Bare(text);
        if (digits.Length is 0 or > 40)
            return false;

        var negative = digits[0] == '-' || (digits[0] == '(' && digits[^1] == ')');
        if (negative)
            digits = digits[0] == '-' ? digits[1..] : digits[1..^1];

        var factor = Factor(ref digits);
        if (digits.Length == 0 || Plain(digits, format.NumberFormat) is not { } plain)
            return false;

        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) || number > decimal.MaxValue / factor)
            return false;

        number *= negative ? -factor : factor;
        return true;
    }

    /// <summary>The number as its field shows it: grouped, without needless zeros, in the person's format.</summary>
    public static string Format(decimal number, CultureInfo format) => number.ToString("#,##0.##########", format);

    private static string Bare(string? text)
    {
        var bare = new StringBuilder();
        foreach (var c in (text ?? "").Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(c) && !Signs.Contains(c))
                bare.Append(c is '−' or '–' ? '-' : c);
        }

        return bare.ToString().Trim('+');
    }

    private static decimal Factor(ref string digits)
    {
        (string Unit, decimal Factor)[] units = [("万", 10_000), ("萬", 10_000), ("亿", 100_000_000), ("億", 100_000_000), ("千", 1_000), ("k", 1_000), ("m", 1_000_000), ("bn", 1_000_000_000)];
        foreach (var (unit, factor) in units)
        {
            if (!digits.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                continue;

            digits = digits[..^unit.Length];
            return factor;
        }

        return 1;
    }

    /// <summary>The digits with a point where the decimals begin and nothing else; null when they are no number.</summary>
    private static string? Plain(string digits, NumberFormatInfo format)
    {
        if (digits.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ',' or '\'' or '’')) || !digits.Any(char.IsAsciiDigit))
            return null;

        digits = digits.Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal);
        var at = DecimalAt(digits, format);
        var whole = at < 0 ? digits : digits[..at];
        var fraction = at < 0 ? "" : digits[(at + 1)..];
        if (!fraction.All(char.IsAsciiDigit) || !WellGrouped(whole))
            return null;

        return string.Concat(whole.Where(char.IsAsciiDigit)) + (fraction.Length > 0 ? "." : "") + fraction;
    }

    private static int DecimalAt(string digits, NumberFormatInfo format)
    {
        var (point, comma) = (digits.LastIndexOf('.'), digits.LastIndexOf(','));
        if (point >= 0 && comma >= 0)
            return Math.Max(point, comma);

        var at = Math.Max(point, comma);
        if (at < 0 || digits.IndexOf(digits[at], StringComparison.Ordinal) != at)
            return -1;

        var isDecimal = format.NumberDecimalSeparator.Contains(digits[at], StringComparison.Ordinal);
        var looksGrouped = digits.Length - at == 4 && at is >= 1 and <= 3 && digits[0] != '0';
        return isDecimal || !looksGrouped ? at : -1;
    }

    /// <summary>Groups of three, or of two before the last three as in India.</summary>
    private static bool WellGrouped(string whole)
    {
        var groups = whole.Split('.', ',');
        return groups.Length == 1
            || (groups[0].Length is >= 1 and <= 3 && groups[^1].Length == 3 && groups[1..^1].All(g => g.Length is 2 or 3)
                && !(whole.Contains('.', StringComparison.Ordinal) && whole.Contains(',', StringComparison.Ordinal)));
    }
}
