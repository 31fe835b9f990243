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

    /// <summary>Runs of letters and digits; single letters in a row are one abbreviation: S.p.A., A/S, J. P.</summary>
    private static List<string> Words(string folded)
    {
        var (words, word, afterLetter) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in folded.Append(' '))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark)
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                var isLetter = word.Length == 1 && char.IsLetter(word[0]) && !Script.IsCjk(new Rune(word[0]));
                if (isLetter && afterLetter)
                    words[^1] += word;
                else
                    words.Add(word.ToString());
                afterLetter = isLetter;
                word.Clear();
            }
        }
        return words;
    }

    private static List<string> WithoutForms(List<string> words)
    {
        while (FormAtStart(words) is > 0 and var count)
            words.RemoveRange(0, count);
        while (FormAtEnd(words) is > 0 and var count)
            words.RemoveRange(words.Count - count, count);
        var parts = words.FindAll(word => !LegalForms.Joints.Contains(word));
        return parts.Count > 0 ? parts : words;
    }

    private static int FormAtStart(List<string> words) => Enumerable.Range(1, Math.Clamp(words.Count - 1, 0, LongestForm))
        .LastOrDefault(count => LegalForms.AtStart.Contains(string.Join(' ', words.Take(count))));

    private static int FormAtEnd(List<string> words) => Enumerable.Range(1, Math.Clamp(words.Count - 1, 0, LongestForm))
        .LastOrDefault(count => LegalForms.AtEnd.Contains(string.Join(' ', words.TakeLast(count))));
}
