using System.Buffers;
using System.Globalization;
using CsvHelper.Configuration;

namespace CrmWeb.Services.Common;

/// <summary>Text cells of files that people open in a spreadsheet, which takes some texts for formulas and runs them.</summary>
public static class CsvText
{
    private static readonly SearchValues<char> numberParts = SearchValues.Create("0123456789.,"), phoneParts = SearchValues.Create("0123456789 ");

    /// <summary>How such files are written (RFC 4180); a line feed is quoted also where it stands without its carriage return.</summary>
    internal static CsvConfiguration Written { get; } = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        ShouldQuote = cell => ConfigurationFunctions.ShouldQuote(cell) || cell.Field?.AsSpan().ContainsAny('\r', '\n') == true,
    };

    /// <summary>
    /// The text, with an apostrophe in front when a spreadsheet would take it for a formula. Plain numbers (-5) and telephone numbers of digits and
    /// blanks (+86 138 0013 8000) stay as they are.
    /// </summary>
    public static string Safe(string text) => IsFormula(text.AsSpan().TrimStart('\'')) && !IsNumber(text) ? $"'{text}" : text;

    /// <summary>Undoes <see cref="Safe"/>, for files this product has written.</summary>
    public static string Original(string text) => text.StartsWith('\'') && IsFormula(text.AsSpan().TrimStart('\'')) ? text[1..] : text;

    private static bool IsFormula(ReadOnlySpan<char> text)
    {
        if (text is ['\t' or '\r', ..])
            return true;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)
                return c is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
        }
        return false;
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text is not ['+' or '-', >= '0' and <= '9', ..])
            return false;
        var rest = text[1..];
        return (!rest.ContainsAnyExcept(numberParts) && rest.Count('.') + rest.Count(',') <= 1 && char.IsAsciiDigit(rest[^1]))
            || (text[0] == '+' && !rest.ContainsAnyExcept(phoneParts));
    }
}
