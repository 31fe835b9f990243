using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Which writing a character belongs to, as far as names and search must know.</summary>
public static class Script
{
    public static bool IsHan(Rune rune) => rune.Value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFD) or 0x3005 or 0x3007;

    public static bool IsKana(Rune rune) => rune.Value is (>= 0x3041 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9F);

    public static bool IsHangul(Rune rune) => rune.Value is >= 0xAC00 and <= 0xD7A3;

    /// <summary>Han, Kana or Hangul: written without blanks between words.</summary>
    public static bool IsCjk(Rune rune) => IsHan(rune) || IsKana(rune) || IsHangul(rune);

    public static bool HasHan(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsHan(rune))
                return true;
        }
        return false;
    }

    /// <summary>True when there is text and all of it is Han, Kana or Hangul; blanks and the dot inside foreign names do not count.</summary>
    public static bool IsAllCjk(string text)
    {
        var any = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsCjk(rune))
                any = true;
            else if (!Rune.IsWhiteSpace(rune) && rune.Value is not ('·' or '・' or '•'))
                return false;
        }
        return any;
    }
}
