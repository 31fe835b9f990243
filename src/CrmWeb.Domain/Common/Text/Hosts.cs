using System.Globalization;

namespace CrmWeb.Domain.Common;

/// <summary>Names of machines and domains.</summary>
internal static class Hosts
{
    private const int MaxLength = 253, MaxLabel = 63;
    private static readonly IdnMapping idn = new() { UseStd3AsciiRules = true };

    /// <summary>Labels of letters, digits and inner hyphens; the last is not a number.</summary>
    public static bool IsValid(string host) => ToAscii(host) is not null;

    /// <summary>In lower case, other scripts in their ASCII form; null when it is no host name.</summary>
    public static string? ToAscii(string host)
    {
        if (host.Length is 0 or > MaxLength)
            return null;
        var ascii = host.ToLowerInvariant();
        if (!System.Text.Ascii.IsValid(host) && !TryMap(host, out ascii))
            return null;
        var labels = ascii.Split('.');
        return ascii.Length <= MaxLength && Array.TrueForAll(labels, IsLabel) && !labels[^1].All(char.IsAsciiDigit) ? ascii : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabel && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool TryMap(string host, out string ascii)
    {
        try
        {
            ascii = idn.GetAscii(host).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException) // the only answer the framework gives for a name that is none
        {
            ascii = "";
            return false;
        }
    }
}
