using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Text of a cell as it becomes a value.</summary>
public static class CellText
{
    /// <summary>
    /// Without blanks of any script at the ends and without characters that nobody sees or typed: zero-width blanks, byte order marks, marks that
    /// turn the direction of text. Joiners inside words of Indic scripts and of emoji stay; so does everything visible.
    /// </summary>
    public static string Clean(string cell)
    {
        var trimmed = cell.AsSpan().Trim();
        if (trimmed.Length == cell.Length && !cell.Any(IsInvisible))
            return cell;
        return string.Concat(cell.Where(c => !IsInvisible(c))).Trim();
    }

    /// <summary>Cleaned, with full-width forms, digits of all scripts and kinds of blanks, minus signs and apostrophes made plain.</summary>
    internal static string Plain(string cell) => string.Create(Clean(cell).Length, Clean(cell), (plain, cleaned) =>
    {
        for (var i = 0; i < cleaned.Length; i++)
            plain[i] = Plain(cleaned[i]);
    });

    private static char Plain(char c) => c switch
    {
        <= '~' => c,
        '￥' => '¥',
        '−' or '‐' or '‑' or '–' or '﹣' => '-',
        '’' or '‘' or '´' => '\'',
        '٫' => '.',
        >= '！' and <= '～' => (char)(c - 0xFEE0),
        _ when char.IsWhiteSpace(c) => ' ',
        _ => CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c,
    };

    private static bool IsInvisible(char c) =>
        c > '~' && char.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ('\u200C' or '\u200D');
}
