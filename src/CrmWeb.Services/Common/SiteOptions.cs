namespace CrmWeb.Services.Common;

/// <summary>Where the product keeps its things and under which address it is known.</summary>
public sealed class SiteOptions
{
    /// <summary>Absolute; the only start of links in mails. Null until configured: then the product listens on loopback only.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Texts and formats for those who are not signed in and for a new organisation.</summary>
    public string DefaultCulture { get; init; } = "en";
    public string DefaultTimeZone { get; init; } = "UTC";

    /// <summary>ISO 4217.</summary>
    public string BaseCurrency { get; init; } = "EUR";

    /// <summary>Folder of database, files, keys and logs; absolute.</summary>
    public required string DataPath { get; init; }

    /// <summary>How much one person may store, in files on customers and files to import.</summary>
    public long FilesPerUserMegabytes { get; init; } = 2_048;

    /// <summary>The made-up company for trying the product out.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Address it is reached at when none is configured.</summary>
    public const string LocalUrl = "http://localhost:5080";

    /// <summary>Whether people reach it by https.</summary>
    public bool IsSecure => Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public string Url => (BaseUrl ?? LocalUrl).TrimEnd('/');
}
