using System.Globalization;

namespace CrmWeb.Domain.Common;

/// <summary>
/// E-mail addresses that mail servers exchange today: name, at, domain. Letters of all scripts are allowed (RFC 6531); quoted names, comments and
/// addresses of machines, which the standard allows and nobody has, are not.
/// </summary>
public static class EmailAddress
{
    public const int MaxLength = 254;
    private const int MaxNameLength = 64;

    public static bool IsValid(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at is > 0 and <= MaxNameLength && address.Length <= MaxLength && IsName(address.AsSpan(0, at)) && Hosts.IsValid(address[(at + 1)..]);
    }

    /// <summary>The form in which addresses are compared: without blanks around, in lower case, the domain in ASCII. Null when it is no address.</summary>
    public static string? Normalize(string address)
    {
        var trimmed = address.Trim().ToLowerInvariant();
        if (!IsValid(trimmed))
            return null;
        var at = trimmed.IndexOf('@', StringComparison.Ordinal);
        return $"{trimmed[..at]}@{Hosts.ToAscii(trimmed[(at + 1)..])}";
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        var afterDot = true;
        foreach (var c in name)
        {
            if (c == '.' ? afterDot : !IsNamePart(c))
                return false;
            afterDot = c == '.';
        }
        return !afterDot;
    }

    private static bool IsNamePart(char c) => char.IsAscii(c)
        ? char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)
        : char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
