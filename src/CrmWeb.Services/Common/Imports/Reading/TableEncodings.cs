using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>The encodings in which tables arrive.</summary>
public static class TableEncodings
{
    /// <summary>What undecodable bytes become until the row is reported: a code point that no text holds.</summary>
    internal const char BadBytes = '\uFFFF';

    static TableEncodings() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Names to choose from, the usual ones first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "utf-8", "utf-16", "utf-16BE", "gb18030", "big5", "shift_jis", "ks_c_5601-1987", "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254",
    ];

    /// <exception cref="RuleException">No such encoding.</exception>
    internal static Encoding Get(string name)
    {
        Rule.Require(All.Contains(name, StringComparer.OrdinalIgnoreCase), "Import.File.UnknownEncoding", values: name);
        return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, new MarkingFallback(Encoding.GetEncoding(name), BadBytes));
    }

    /// <summary>The encoding of a file by its first bytes: byte order mark, UTF-16 by its zeros, UTF-8 when it is flawless, otherwise the likeliest of the older ones.</summary>
    /// <param name="isWhole">False when the file goes on, so that its last character may be cut.</param>
    public static string Detect(ReadOnlySpan<byte> sample, bool isWhole)
    {
        if (sample is [0xEF, 0xBB, 0xBF, ..])
            return "utf-8";
        if (sample is [0xFF, 0xFE, ..])
            return "utf-16";
        if (sample is [0xFE, 0xFF, ..])
            return "utf-16BE";
        return DetectUtf16(sample) ?? (IsUtf8(sample, isWhole) ? "utf-8" : EncodingLikelihood.Best(sample));
    }

    /// <summary>ASCII in UTF-16 has a zero in every second place; no other encoding of text has many.</summary>
    private static string? DetectUtf16(ReadOnlySpan<byte> sample)
    {
        var (even, odd, half) = (0, 0, sample.Length / 2);
        for (var i = 0; i < 2 * half; i++)
        {
            if (sample[i] == 0)
                _ = i % 2 == 0 ? even++ : odd++;
        }
        if (half < 2 || even + odd < half / 5)
            return null;
        return odd > 3 * even ? "utf-16" : even > 3 * odd ? "utf-16BE" : null;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> sample, bool isWhole)
    {
        for (var cut = 0; cut <= (isWhole ? 0 : Math.Min(3, sample.Length)); cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(sample[..^cut]))
                return true;
        }
        return false;
    }
}
