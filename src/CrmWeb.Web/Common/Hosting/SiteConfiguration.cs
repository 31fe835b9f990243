using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Reads where the product keeps its things and under which address it is known.</summary>
public static class SiteConfiguration
{
    /// <summary>Relative folders are the application's own.</summary>
    public static SiteOptions Read(IConfiguration configuration, string applicationFolder) => new()
    {
        BaseUrl = configuration["Site:BaseUrl"] is { Length: > 0 } url ? url : null,
        DefaultCulture = configuration["Site:DefaultCulture"] ?? "en",
        DefaultTimeZone = configuration["Site:DefaultTimeZone"] ?? "UTC",
        BaseCurrency = configuration["Site:BaseCurrency"] ?? "EUR",
        DataPath = Path.GetFullPath(configuration["Data:Path"] ?? "App_Data", applicationFolder),
        FilesPerUserMegabytes = configuration.GetValue("Limits:FilesPerUserMegabytes", 2_048L),
        IsDemo = configuration.GetValue<bool>("demo"),
    };
}
