using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Reads text aloud: one part per Han character, one per run of anything else.</summary>
internal static class PinyinReader
{
    public static List<(string Text, bool IsSyllable)> Read(string text, bool isName)
    {
        var (parts, other, runes) = (new List<(string, bool)>(), new StringBuilder(), text.EnumerateRunes().ToArray());
        for (var i = 0; i < runes.Length; i++)
        {
            if (!Script.IsHan(runes[i]))
            {
                other.Append(runes[i].ToString());
                continue;
            }
            Flush(parts, other);
            if (i + 1 < runes.Length && PinyinWords.OfWord(Simple(runes[i]), Simple(runes[i + 1])) is { } word)
            {
                parts.AddRange([(word.First, true), (word.Second, true)]);
                i++;
            }
            else
            {
                parts.Add((ReadingOf(runes[i], isSurname: isName && parts.Count == 0), true));
            }
        }
        Flush(parts, other);
        return parts;
    }

    /// <summary>The character as written first (乾 is not 干 here), then its simplified form; a character nobody reads stays itself.</summary>
    private static string ReadingOf(Rune rune, bool isSurname)
    {
        var simple = Simple(rune);
        return (isSurname ? Surnames.ReadingOf(simple) : null) ?? PinyinWords.InNames(simple)
            ?? PinyinTable.SyllableOf(rune) ?? PinyinTable.SyllableOf(simple) ?? simple.ToString();
    }

    private static Rune Simple(Rune rune) =>
        rune.IsBmp && FoldTable.Of((char)rune.Value) is >= FoldTable.FirstCharacter and var folded ? new Rune(folded) : FoldTable.Simplify(rune);

    private static void Flush(List<(string, bool)> parts, StringBuilder other)
    {
        if (TextFold.Fold(other.ToString()) is { Length: > 0 } folded)
            parts.Add((folded, false));
        other.Clear();
    }
}
