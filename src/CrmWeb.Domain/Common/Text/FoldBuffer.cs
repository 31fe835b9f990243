using System.Buffers;
using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Gathers folded characters, one blank between words and none at the ends.</summary>
internal ref struct FoldBuffer(Span<char> start)
{
    private Span<char> chars = start;
    private char[]? rented;
    private int length;
    private bool blankPending;
    private bool hasLooseParts;

    public void AppendBlank() => blankPending = length > 0;

    public void Append(char c)
    {
        if (length + 2 > chars.Length)
            Grow();
        if (blankPending)
        {
            chars[length++] = ' ';
            blankPending = false;
        }
        chars[length++] = c;
        hasLooseParts |= FoldTable.IsLoosePart(c);
    }

    public void AppendFolded(ReadOnlySpan<char> folded)
    {
        foreach (var c in folded)
        {
            if (c == ' ')
                AppendBlank();
            else
                Append(c);
        }
    }

    /// <summary>Voice marks after half-width kana and jamo typed one by one are joined to the letters people see.</summary>
    public override readonly string ToString()
    {
        var text = new string(chars[..length]);
        return hasLooseParts ? text.Normalize(NormalizationForm.FormC) : text;
    }

    public readonly void Dispose()
    {
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }

    private void Grow()
    {
        var larger = ArrayPool<char>.Shared.Rent(chars.Length * 2);
        chars[..length].CopyTo(larger);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        chars = rented = larger;
    }
}
