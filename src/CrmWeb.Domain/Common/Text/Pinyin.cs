using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>
/// Chinese text as it is typed and sorted: the syllables of Han characters without tones, everything else folded.
/// Words and family names that are read in their own way are known (重庆 chong qing, 单雄信 shan xiongxin).
/// </summary>
public static class Pinyin
{
    /// <summary>Parts the sorted syllables of a sort key from the characters that break a tie; sorts before every letter.</summary>
    public const char TieMark = '\u0001';

    /// <summary>All syllables without blanks or punctuation, as an input method takes them: "qingheyiqi", "lvbu" (ü is v).</summary>
    public static string Full(string text) => Joined(text, isName: false, Typed);

    /// <summary>The same for a person's name, family name first: the family name is read as one.</summary>
    public static string FullName(string name) => Joined(name, isName: true, Typed);

    /// <summary>First letters of the syllables, other letters as they are: "qhyq".</summary>
    public static string Initials(string text) => Joined(text, isName: false, Initial);

    /// <summary>The same for a person's name, family name first.</summary>
    public static string NameInitials(string name) => Joined(name, isName: true, Initial);

    /// <summary>Syllables separated by blanks, everything else folded: "chong qing chang an". ü stays.</summary>
    public static string Spaced(string text) => string.Join(' ', PinyinReader.Read(text, isName: false).Select(part => part.Text));

    /// <summary>
    /// The key a list of names is sorted by: text with Han characters by pinyin, then by character; other text folded.
    /// Compare keys by ordinal (binary) order.
    /// </summary>
    public static string SortKey(string name) => Script.HasHan(name) ? $"{Spaced(name)}{TieMark}{TextFold.Fold(name)}" : TextFold.Fold(name);

    /// <summary>The same for a person: by family name, then given name, each read as what it is.</summary>
    public static string SortKey(string family, string given)
    {
        if (!Script.HasHan(family) && !Script.HasHan(given))
            return TextFold.Fold($"{family} {given}");
        var (read, rest) = (Joined(family, isName: true, part => part), Joined(given, isName: false, part => part));
        return $"{$"{read} {rest}".Trim()}{TieMark}{TextFold.Fold(family + given)}";
    }

    private static string Joined(string text, bool isName, Func<string, string> syllable) => Join(PinyinReader.Read(text, isName), syllable);

    internal static string Join(List<(string Text, bool IsSyllable)> parts, Func<string, string> syllable)
    {
        var joined = new StringBuilder();
        foreach (var (part, isSyllable) in parts)
            joined.Append(isSyllable ? syllable(part) : string.Concat(part.Where(char.IsLetterOrDigit)));
        return joined.ToString();
    }

    internal static string Typed(string syllable) => syllable.Replace('ü', 'v');

    internal static string Initial(string syllable) => Typed(Rune.GetRuneAt(syllable, 0).ToString());
}
