namespace CrmWeb.Domain.Common;

/// <summary>Addresses of web sites, http and https only: they become links.</summary>
public static class WebAddress
{
    public const int MaxLength = 500;

    /// <summary>With scheme (https when none was typed) and host in lower case; null when it is no address of a web site.</summary>
    public static string? Normalize(string text)
    {
        var typed = text.Trim();
        if (typed.Length is 0 or > MaxLength || typed.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            return null;
        var hasScheme = typed.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? typed : $"https://{typed}", UriKind.Absolute, out var uri) || !IsWebSite(uri))
            return null;
        var address = $"{uri.Scheme}://{uri.Authority}{uri.PathAndQuery}{uri.Fragment}";
        address = uri is { PathAndQuery: "/", Fragment: "" } ? address[..^1] : address;
        return address.Length <= MaxLength ? address : null;
    }

    /// <summary>The domain of a web or e-mail address, in lower case and ASCII, without "www."; null when it has none.</summary>
    public static string? Domain(string address)
    {
        var typed = address.Trim();
        if (EmailAddress.IsValid(typed))
            return Hosts.ToAscii(typed[(typed.IndexOf('@', StringComparison.Ordinal) + 1)..]);
        if (Normalize(typed) is not { } url || Hosts.ToAscii(new Uri(url).Host) is not { } host)
            return null;
        return host.StartsWith("www.", StringComparison.Ordinal) && host.AsSpan(4).Contains('.') ? host[4..] : host;
    }

    /// <summary>No user name (it hides where a link leads), and a host with a dot in it.</summary>
    private static bool IsWebSite(Uri uri) => uri is { Scheme: "http" or "https", UserInfo.Length: 0 }
        && (uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6 || (Hosts.ToAscii(uri.Host)?.Contains('.', StringComparison.Ordinal) ?? false));
}
