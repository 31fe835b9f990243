namespace CrmWeb.Web.Common.Hosting;

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

    /// <summary>The made-up company for trying the product out.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Address it is reached at when none is configured.</summary>
    public const string LocalUrl = "http://localhost:5080";

    public string Url => (BaseUrl ?? LocalUrl).TrimEnd('/');

    /// <summary>Reads the configuration; relative folders are the application's own.</summary>
    public static SiteOptions From(IConfiguration configuration, string applicationFolder) => new()
    {
        BaseUrl = configuration["Site:BaseUrl"] is { Length: > 0 } url ? url : null,
        DefaultCulture = configuration["Site:DefaultCulture"] ?? "en",
        DefaultTimeZone = configuration["Site:DefaultTimeZone"] ?? "UTC",
        BaseCurrency = configuration["Site:BaseCurrency"] ?? "EUR",
        DataPath = Path.GetFullPath(configuration["Data:Path"] ?? "App_Data", applicationFolder),
        IsDemo = configuration.GetValue<bool>("demo"),
    };
}
