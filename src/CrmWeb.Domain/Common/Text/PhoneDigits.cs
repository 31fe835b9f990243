using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Numbers as people write them, with blanks, dashes, brackets and dots between the digits.</summary>
internal static class PhoneDigits
{
    private const int Least = 4, FullNumber = 7;

    /// <summary>The digits of each run that holds four or more of them and something in between; with and without a "(0)" in it.</summary>
    public static IEnumerable<string> Runs(string folded)
    {
        for (var start = 0; start < folded.Length; start++)
        {
            var end = start;
            while (end < folded.Length && IsPart(folded[end]))
                end++;
            if (end - start > Least && Digits(folded[start..end]) is { Length: >= Least } digits)
            {
                if (digits.Length < folded[start..end].Trim().Length)
                    yield return digits;
                if (folded[start..end].Contains("(0)", StringComparison.Ordinal))
                    yield return Digits(folded[start..end].Replace("(0)", "", StringComparison.Ordinal));
            }
            start = Math.Max(start, end);
        }
    }

    /// <summary>The digits to look for when the question is nothing but a number; null when it is something else. The zeros of dialling in front go.</summary>
    public static string? OfQuestion(string folded)
    {
        if (!folded.All(IsPart))
            return null;
        var digits = Digits(folded.Replace("(0)", "", StringComparison.Ordinal));
        return digits.Length < Least ? null : digits.TrimStart('0') is { Length: >= FullNumber } dialled ? dialled : digits;
    }

    private static bool IsPart(char c) => char.IsAsciiDigit(c) || c is ' ' or '-' or '(' or ')' or '.' or '/' or '+';

    private static string Digits(string text)
    {
        var digits = new StringBuilder(text.Length);
        foreach (var c in text.Where(char.IsAsciiDigit))
            digits.Append(c);
        return digits.ToString();
    }
}
