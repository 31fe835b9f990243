using System.Text;

namespace CrmWeb.Services.Customers;

/// <summary>Which files are taken: the ending, what the content begins with and this list must agree.</summary>
public static class FileTypes
{
    /// <summary>Most bytes of one file.</summary>
    public const long Largest = 25L * 1_048_576;

    /// <summary>Bytes of the content that are looked at.</summary>
    public const int SampleSize = 4_096;

    private static readonly Dictionary<string, (string MediaType, Kind Kind)> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = ("application/pdf", Kind.Pdf),
        [".png"] = ("image/png", Kind.Png),
        [".jpg"] = ("image/jpeg", Kind.Jpeg),
        [".jpeg"] = ("image/jpeg", Kind.Jpeg),
        [".gif"] = ("image/gif", Kind.Gif),
        [".webp"] = ("image/webp", Kind.Webp),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Kind.Zip),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Kind.Zip),
        [".pptx"] = ("application/vnd.openxmlformats-officedocument.presentationml.presentation", Kind.Zip),
        [".odt"] = ("application/vnd.oasis.opendocument.text", Kind.Zip),
        [".ods"] = ("application/vnd.oasis.opendocument.spreadsheet", Kind.Zip),
        [".zip"] = ("application/zip", Kind.Zip),
        [".txt"] = ("text/plain", Kind.Text),
        [".csv"] = ("text/csv", Kind.Text),
        [".eml"] = ("message/rfc822", Kind.Text),
        [".ics"] = ("text/calendar", Kind.Text),
        [".vcf"] = ("text/vcard", Kind.Text),
    };

    private enum Kind { Pdf, Png, Jpeg, Gif, Webp, Zip, Text }

    /// <summary>Endings that are taken, for the file dialog: ".pdf,.png,…".</summary>
    public static string Endings { get; } = string.Join(',', Allowed.Keys);

    /// <summary>The media type of a file; null when it is not taken.</summary>
    /// <param name="start">First bytes of the content.</param>
    public static string? Of(string name, ReadOnlySpan<byte> start) =>
        Allowed.TryGetValue(Path.GetExtension(name), out var type) && Begins(type.Kind, start) ? type.MediaType : null;

    /// <summary>Whether a name has an ending of this media type; one that is no longer taken has none to keep.</summary>
    public static bool IsOf(string name, string mediaType) =>
        Allowed.TryGetValue(Path.GetExtension(name), out var type) ? type.MediaType == mediaType : !Allowed.Values.Any(a => a.MediaType == mediaType);

    private static bool Begins(Kind kind, ReadOnlySpan<byte> start) => kind switch
    {
        Kind.Pdf => start.StartsWith("%PDF-"u8),
        Kind.Png => start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        Kind.Jpeg => start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        Kind.Gif => start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8),
        Kind.Webp => start.Length > 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8),
        Kind.Zip => start.StartsWith("PK\u0003\u0004"u8),
        _ => IsText(start),
    };

    /// <summary>No control characters but those of text, and none of the marks with which other kinds begin.</summary>
    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (var one in start)
        {
            if (one is < 0x20 and not (0x09 or 0x0A or 0x0C or 0x0D))
                return false;
        }
        return !Encoding.Latin1.GetString(start).TrimStart().StartsWith('<');
    }
}
