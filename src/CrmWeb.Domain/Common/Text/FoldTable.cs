using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>What each character folds to. Worked out when a character is met first, then one array access.</summary>
internal static class FoldTable
{
    public const char Nothing = '\u0001', Blank = '\u0002', Several = '\u0003', HalfOfPair = '\u0004', FirstCharacter = ' ';

    private static readonly char[] known = new char[char.MaxValue + 1]; // '\0': not met yet; two threads may both work one out, to the same result
    private static readonly ConcurrentDictionary<char, string> several = new();
    private static readonly Lazy<Dictionary<int, int>> simplified = new(LoadSimplified);

    // letters that no Unicode decomposition takes apart, and marks that people type in many shapes: each folds to the last word of its line
    private static readonly Dictionary<char, string> own = """
        ß ss
        ı i
        ø o
        ł l
        đ ð d
        þ th
        æ ae
        œ oe
        ħ h
        ŧ t
        ŋ n
        ĸ k
        ƒ f
        ς σ
        ‘ ’ ‚ ‛ ´ ʼ ʻ ′ '
        “ ” „ ‟ « » ″ "
        ‐ ‑ ‒ – — ― − -
        ・ • ·
        髙 高
        﨑 崎
        """.Split('\n').Select(line => line.Split(' ')).SelectMany(words => words[..^1].Select(from => (From: from[0], To: words[^1])))
        .ToDictionary(pair => pair.From, pair => pair.To);

    public static char Of(char c)
    {
        var folded = known[c];
        return folded != '\0' ? folded : Learn(c);
    }

    public static string SeveralOf(char c) => several[c];

    /// <summary>The folded form of a character beyond the basic plane; not kept, so that hostile text cannot fill the memory.</summary>
    public static string Of(Rune rune) => Work(rune);

    public static Rune Simplify(Rune rune) => simplified.Value.TryGetValue(rune.Value, out var simple) ? new Rune(simple) : rune;

    /// <summary>Kana voice marks and conjoining jamo: parts of a letter that stand alone only in some ways of typing.</summary>
    public static bool IsLoosePart(char c) => c is '\u3099' or '\u309A' or (>= '\u1100' and <= '\u11FF');

    private static char Learn(char c)
    {
        var folded = char.IsSurrogate(c) ? HalfOfPair : Work(new Rune(c)) switch
        {
            "" => Nothing,
            " " => Blank,
            [var one] => one,
            var text => Keep(c, text),
        };
        return known[c] = folded;
    }

    private static char Keep(char c, string text)
    {
        several[c] = text;
        return Several;
    }

    private static string Work(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            return " ";
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF)
            return ""; // invisible, or no character at all
        var folded = new StringBuilder();
        foreach (var part in Decompose(rune).EnumerateRunes())
        {
            if (IsAccent(part))
                continue;
            var letter = Rune.ToLowerInvariant(part);
            if (Rune.IsWhiteSpace(letter))
                folded.Append(' ');
            else if (letter.IsBmp && own.TryGetValue((char)letter.Value, out var instead))
                folded.Append(instead);
            else
                folded.Append(Simplify(letter).ToString());
        }
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static string Decompose(Rune rune) =>
        Script.IsHangul(rune) || (rune.IsBmp && own.ContainsKey((char)rune.Value)) ? rune.ToString() : rune.ToString().Normalize(NormalizationForm.FormKD);

    /// <summary>A mark that may be missing without changing the word. The marks of Indic and South-East Asian scripts are vowels and stay.</summary>
    private static bool IsAccent(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        && rune.Value is not ((>= 0x0900 and <= 0x1AAF) or 0x3099 or 0x309A or (>= 0xA800 and <= 0xABFF) or (>= 0x11000 and <= 0x11FFF));

    private static Dictionary<int, int> LoadSimplified()
    {
        using var reader = new StreamReader(typeof(FoldTable).Assembly.GetManifestResourceStream("simplified.txt")!);
        var pairs = reader.ReadToEnd().EnumerateRunes().Where(rune => rune.Value != '\n').Chunk(2).ToDictionary(pair => pair[0].Value, pair => pair[1].Value);
        return pairs.ToDictionary(pair => pair.Key, pair => pairs.GetValueOrDefault(pair.Value, pair.Value)); // a form that is simplified once more
    }
}
