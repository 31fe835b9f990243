using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CrmWeb.WebTests.Customers;

/// <summary>Pictures made by hand, chunk by chunk: see the PNG specification, third edition, 5.</summary>
internal static class Pictures
{
    /// <summary>A grey one, with a remark beside its pixels.</summary>
    /// <param name="rows">Rows of pixels it really holds.</param>
    public static byte[] Png(int width, int height, string remark, int rows)
    {
        using var pixels = new MemoryStream();
        using (var packed = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
            packed.Write(new byte[(width + 1) * rows]);
        return [.. Start(width, height), .. Chunk("tEXt", [.. "Comment\0"u8, .. Encoding.Latin1.GetBytes(remark)]), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>The beginning of one, without any pixels.</summary>
    public static byte[] Header(int width, int height) => [.. Start(width, height), .. Chunk("IEND", [])];

    private static byte[] Start(int width, int height)
    {
        var size = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(size, width);
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), height);
        size[8] = 8; // bits of a grey value
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", size)];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var (length, check, typed) = (new byte[4], new byte[4], (byte[])[.. Encoding.Latin1.GetBytes(type), .. data]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc(typed));
        return [.. length, .. typed, .. check];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
