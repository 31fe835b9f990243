using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>One needle of a question; a record is found when its search text holds all of them.</summary>
/// <param name="Text">To be looked up as a substring. May hold % _ [ and quotes: escape them for the way of looking.</param>
/// <param name="IsTooShort">A single letter or digit, which no index finds inside a text: look for it at the start of the sort key.</param>
public readonly record struct SearchTerm(string Text, bool IsTooShort)
{
    /// <summary>What a folded word is found by; null when it holds neither letter nor digit.</summary>
    internal static SearchTerm? Of(string word)
    {
        var letters = word.EnumerateRunes().Where(rune => Rune.IsLetterOrDigit(rune) || Script.IsCjk(rune)).ToArray();
        var (length, cjk) = (word.EnumerateRunes().Count(), letters.Where(Script.IsCjk).ToArray());
        return (length, letters.Length, cjk.Length) switch
        {
            (_, 0, _) => null,
            ( <= 2, 1, 0) => new(word, IsTooShort: true),
            ( <= 2, 2, 0) => new($"{SearchText.StartMark}{word}", IsTooShort: false),
            ( <= 2, _, 1) => new($"{SearchText.OneMark}{cjk[0]}{SearchText.OneMark}", IsTooShort: false),
            ( <= 2, _, 2) => new($"{SearchText.PairMark}{word}", IsTooShort: false),
            _ => new(PhoneDigits.OfQuestion(word) ?? word, IsTooShort: false),
        };
    }
}
