using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>
/// Brings text into the one form in which it is compared, searched and sorted: case, accents, width, ligatures, kinds of quotes and dashes,
/// traditional and simplified characters are levelled, runs of blanks become one, invisible characters go.
/// Folding what is folded changes nothing.
/// </summary>
public static class TextFold
{
    /// <summary>The folded text; the same instance when there is nothing to fold, so plain ASCII costs one pass and no memory.</summary>
    public static string Fold(string text)
    {
        var same = FoldedLength(text);
        return same == text.Length ? text : Fold(text, same);
    }

    /// <summary>How many characters at the start are folded already; a single blank inside counts, one at the end does not.</summary>
    private static int FoldedLength(string text)
    {
        var afterBlank = true;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c > '~' || c < ' ' || char.IsAsciiLetterUpper(c) || (c == ' ' && afterBlank))
                return i;
            afterBlank = c == ' ';
        }
        return text.Length > 0 && afterBlank ? text.Length - 1 : text.Length;
    }

    private static string Fold(string text, int same)
    {
        using var folded = new FoldBuffer(stackalloc char[256]);
        folded.AppendFolded(text.AsSpan(0, same));
        for (var i = same; i < text.Length; i++)
        {
            var c = FoldTable.Of(text[i]);
            if (c >= FoldTable.FirstCharacter)
            {
                folded.Append(c);
            }
            else if (c == FoldTable.Blank)
            {
                folded.AppendBlank();
            }
            else if (c == FoldTable.Several)
            {
                folded.AppendFolded(FoldTable.SeveralOf(text[i]));
            }
            else if (c == FoldTable.HalfOfPair && i + 1 < text.Length && Rune.TryCreate(text[i], text[i + 1], out var rune))
            {
                folded.AppendFolded(FoldTable.Of(rune));
                i++;
            }
        }
        return folded.ToString();
    }
}
