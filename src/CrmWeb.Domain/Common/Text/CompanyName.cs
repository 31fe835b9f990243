using System.Globalization;
using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Company names as they are compared: by what is left without legal form, punctuation and blanks.</summary>
public static class CompanyName
{
    private const int LongestForm = 5;

    /// <summary>
    /// "Hello World, Ltd." and "HELLO WORLD Oy" are "helloworld", "华为技术有限公司" is "华为技术"; 集团 stays, for a group is not its member.
    /// Never empty for a name that holds a letter or digit: who is called "Limited" stays "limited".
    /// </summary>
    public static string Normalize(string name)
    {
        var folded = TextFold.Fold(name);
        var words = WithoutForms(Words(WithoutCjkForms(folded)));
        var normalized = string.Concat(words);
        return normalized.Length > 0 ? normalized : string.Concat(Words(folded)) is { Length: > 0 } all ? all : folded;
    }

    private static string WithoutCjkForms(string folded)
    {
        var rest = folded.Trim();
        while (Array.Find(LegalForms.CjkAtStart, form => rest.StartsWith(form, StringComparison.Ordinal)) is { } form && form.Length < rest.Length)
            rest = rest[form.Length..].Trim();
        while (!Array.Exists(LegalForms.CjkBranches, branch => rest.EndsWith(branch, StringComparison.Ordinal))
            && Array.Find(LegalForms.CjkAtEnd, form => rest.EndsWith(form, StringComparison.Ordinal)) is { } form && form.Length < rest.Length)
        {
            rest = rest[..^form.Length].Trim();
        }
        return rest;
    }

    /// <summary>Runs of letters and digits; single letters in a row are one abbreviation: S.p.A., A/S, J. P., A B.</summary>
    private static List<string> Words(string folded)
    {
        var (words, end, afterLetter) = (new List<string>(), 0, false);
        for (var start = 0; start < folded.Length; start++)
        {
            if (!IsWordPart(folded[start]))
                continue;
            var between = folded.AsSpan(end, start - end);
            for (end = start; end < folded.Length && IsWordPart(folded[end]);)
                end++;
            var isLetter = end - start == 1 && char.IsLetter(folded[start]) && !Script.IsCjk(new Rune(folded[start]));
            var continues = between is "." or "/" or ". " || (between is " " && !folded.AsSpan(end).StartsWith(".")); // not the N of "Triple P N.V."
            if (isLetter && afterLetter && continues)
                words[^1] += folded[start];
            else
                words.Add(folded[start..end]);
            (afterLetter, start) = (isLetter, end);
        }
        return words;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static List<string> WithoutForms(List<string> words)
    {
        while (FormAtEnd(words) is > 0 and var count)
            words.RemoveRange(words.Count - count, count);
        while (FormAtStart(words) is > 0 and var count)
            words.RemoveRange(0, count);
        var parts = words.FindAll(word => !LegalForms.Joints.Contains(word));
        return parts.Count > 0 ? parts : words;
    }

    private static int FormAtStart(List<string> words) => Enumerable.Range(1, Math.Clamp(words.Count - 1, 0, LongestForm))
        .LastOrDefault(count => LegalForms.AtStart.Contains(string.Join(' ', words.Take(count))));

    private static int FormAtEnd(List<string> words) => Enumerable.Range(1, Math.Clamp(words.Count - 1, 0, LongestForm))
        .LastOrDefault(count => LegalForms.AtEnd.Contains(string.Join(' ', words.TakeLast(count))));
}
