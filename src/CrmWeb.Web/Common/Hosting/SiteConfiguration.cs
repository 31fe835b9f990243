using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Reads where the product keeps its things and under which address it is known.</summary>
public static class SiteConfiguration
{
    /// <summary>Relative folders are the application's own.</summary>
    public static SiteOptions Read(IConfiguration configuration, string applicationFolder) => new()
    {
        BaseUrl = configuration.Given("Site:BaseUrl"),
        DefaultCulture = configuration.Given("Site:DefaultCulture") ?? "en",
        DefaultTimeZone = configuration.Given("Site:DefaultTimeZone") ?? "UTC",
        BaseCurrency = configuration.Given("Site:BaseCurrency") ?? "EUR",
        DataPath = Path.GetFullPath(configuration.Given("Data:Path") ?? "App_Data", applicationFolder),
        FilesPerUserMegabytes = long.Parse(configuration.Given("Limits:FilesPerUserMegabytes") ?? "2048", CultureInfo.InvariantCulture),
        IsDemo = IsDemo(configuration),
    };

    public static bool IsDemo(IConfiguration configuration) => bool.TryParse(configuration["demo"], out var asked) && asked;

    extension(SiteOptions site)
    {
        /// <exception cref="ConfigurationException">The data folder cannot be made or written.</exception>
        public void RequireFolder()
        {
            try
            {
                Directory.CreateDirectory(site.DataPath);
                using var tried = File.Create(Path.Combine(site.DataPath, $".{Guid.NewGuid():N}"), 1, FileOptions.DeleteOnClose);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                throw new ConfigurationException($"The folder {site.DataPath} of Data:Path cannot be written. Give the account that runs CrmWeb the right to write there, or set Data:Path to another folder.");
            }
        }
    }
}
