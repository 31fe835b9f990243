using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Marks by which one or two characters are found: of each CJK character, of each pair of them, of the first two letters of each word.</summary>
internal static class SearchGrams
{
    public static void Append(StringBuilder text, List<string> lines, List<string> starts)
    {
        var seen = new HashSet<(int, int)>();
        foreach (var rune in lines.SelectMany(line => line.EnumerateRunes()).Where(Script.IsCjk))
        {
            if (seen.Add((SearchText.OneMark, rune.Value)))
                text.Append(seen.Count == 1 ? $"{SearchText.OneMark}" : "").Append(rune.ToString()).Append(SearchText.OneMark);
        }
        foreach (var line in lines)
            AppendPairs(text, seen, line);
        foreach (var start in starts)
            AppendStart(text, seen, start);
        foreach (var line in lines)
        {
            foreach (var word in Words(line))
                AppendStart(text, seen, line.AsSpan()[word]);
        }
    }

    private static void AppendPairs(StringBuilder text, HashSet<(int, int)> seen, string line)
    {
        var before = default(Rune);
        foreach (var rune in line.EnumerateRunes())
        {
            var isCjk = Script.IsCjk(rune);
            if (isCjk && before.Value != 0 && seen.Add((before.Value, rune.Value)))
                text.Append(SearchText.PairMark).Append(before.ToString()).Append(rune.ToString());
            before = isCjk ? rune : default;
        }
    }

    private static void AppendStart(StringBuilder text, HashSet<(int, int)> seen, ReadOnlySpan<char> word)
    {
        if (word.Length >= 2 && seen.Add((SearchText.StartMark, (word[0] << 16) | word[1])))
            text.Append(SearchText.StartMark).Append(word[..2]);
    }

    /// <summary>Words of letters; figures only when they are short enough to be typed whole ("3M", "7").</summary>
    private static IEnumerable<Range> Words(string line)
    {
        for (var start = 0; start < line.Length; start++)
        {
            var end = start;
            while (end < line.Length && char.IsLetterOrDigit(line[end]) && !Script.IsCjk(new Rune(line[end])))
                end++;
            if (end - start >= 2 && (char.IsLetter(line[start]) || end - start <= 3))
                yield return start..end;
            start = Math.Max(start, end);
        }
    }
}
