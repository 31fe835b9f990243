using System.Collections.Frozen;
using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>A person's name in its two parts. Either may be empty.</summary>
public readonly record struct PersonName(string Family, string Given)
{
    private static readonly FrozenSet<string> particles =
        Words("van von der den de del della di da dos das du la le ter ten zu zum zur af av bin ibn al el st");

    private static readonly FrozenSet<string> suffixes = Words("jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq esq. mba");

    /// <summary>
    /// Takes a full name apart, for a person to correct: "张伟", "欧阳修", "Elin Sandström", "Sandström, Elin", "Ludwig van Beethoven".
    /// A single word is a family name.
    /// </summary>
    public static PersonName Split(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var whole = string.Join(' ', words);
        if (Script.IsAllCjk(whole))
            return SplitCjk(whole, words);
        var comma = whole.AsSpan().IndexOfAny(',', '，');
        if (comma > 0 && whole[(comma + 1)..].Trim() is { Length: > 0 } after && !Array.TrueForAll(after.Split(' '), suffixes.Contains))
            return new(whole[..comma].Trim(), after);
        return SplitWestern(words);
    }

    /// <summary>Family name first and no blank for Han, Kana and Hangul; otherwise given name, blank, family name.</summary>
    public static string Display(string? family, string? given)
    {
        var (first, second) = (family?.Trim() ?? "", given?.Trim() ?? "");
        if (first.Length == 0 || second.Length == 0)
            return first + second;
        return Script.IsAllCjk(first) && Script.IsAllCjk(second) ? first + second : $"{second} {first}";
    }

    public override string ToString() => Display(Family, Given);

    private static PersonName SplitCjk(string whole, string[] words)
    {
        if (words.Length > 1)
            return new(words[0], string.Concat(words[1..]));
        var dot = whole.AsSpan().LastIndexOfAny('·', '・', '•');
        if (dot > 0 && dot < whole.Length - 1)
            return new(whole[(dot + 1)..], whole[..dot]); // a foreign name: 迈克尔·乔丹
        var (runes, isCompound) = (whole.EnumerateRunes().Count(), whole.Length > 2 && Surnames.IsCompound(TextFold.Fold(whole[..2])));
        if (runes < 2 || Rune.GetRuneAt(whole, 0) is var first && Script.IsKana(first))
            return new(whole, "");
        var family = isCompound ? 2 : first.Utf16SequenceLength;
        return new(whole[..family], whole[family..]);
    }

    private static PersonName SplitWestern(string[] words)
    {
        if (words.Length < 2)
            return new(string.Concat(words), "");
        var end = words.Length - 1;
        while (end > 1 && suffixes.Contains(words[end]))
            end--;
        while (end > 1 && particles.Contains(words[end - 1]))
            end--;
        return new(string.Join(' ', words[end..]), string.Join(' ', words[..end]));
    }

    private static FrozenSet<string> Words(string list) => list.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
