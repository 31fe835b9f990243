using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>The texts that cells of a workbook share, by their number; held as bytes, half the room of text, in pieces that never move.</summary>
internal sealed class SharedTexts
{
    private const int PieceSize = 1_048_576;

    private readonly List<byte[]> pieces = [];
    private readonly List<(int Piece, int Start, int Length)> places = [];
    private int used;

    public static SharedTexts None { get; } = new();

    /// <summary>Null when there is no such text.</summary>
    public string? Find(int number)
    {
        if (number < 0 || number >= places.Count)
            return null;
        var (piece, start, length) = places[number];
        return length == 0 ? "" : Encoding.UTF8.GetString(pieces[piece], start, length);
    }

    public static SharedTexts Read(XmlPart part)
    {
        var texts = new SharedTexts();
        while (part.NextElement())
        {
            if (part.Name != "si")
                continue;
            part.Mark();
            texts.Add(part.Text());
        }
        return texts;
    }

    private void Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (pieces.Count == 0 || used + length > pieces[^1].Length)
        {
            pieces.Add(new byte[Math.Max(PieceSize, length)]);
            used = 0;
        }
        places.Add((pieces.Count - 1, used, length));
        used += Encoding.UTF8.GetBytes(text, pieces[^1].AsSpan(used));
    }
}
