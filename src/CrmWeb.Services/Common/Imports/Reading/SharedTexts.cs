using System.Buffers;
using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>The texts that cells of a workbook share, by their number; held as bytes, half the room of text.</summary>
internal sealed class SharedTexts
{
    private readonly ArrayBufferWriter<byte> bytes = new();
    private readonly List<int> ends = [];

    public static SharedTexts None { get; } = new();

    /// <summary>Null when there is no such text.</summary>
    public string? Find(int number)
    {
        if (number < 0 || number >= ends.Count)
            return null;
        var start = number == 0 ? 0 : ends[number - 1];
        return Encoding.UTF8.GetString(bytes.WrittenSpan[start..ends[number]]);
    }

    public static SharedTexts Read(XmlPart part)
    {
        var texts = new SharedTexts();
        while (part.NextElement())
        {
            if (part.Name != "si")
                continue;
            part.Mark();
            Encoding.UTF8.GetBytes(part.Text(), texts.bytes);
            texts.ends.Add(texts.bytes.WrittenCount);
        }
        return texts;
    }
}
