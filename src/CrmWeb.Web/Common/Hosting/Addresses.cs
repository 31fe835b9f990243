using System.Net;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.HostFiltering;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Where the product listens, and under which names it answers.</summary>
internal static class Addresses
{
    extension(WebApplicationBuilder builder)
    {
        /// <summary>Loopback only, until it has been told its own address; other host names are refused.</summary>
        /// <exception cref="ConfigurationException">The addresses cannot be used.</exception>
        public void AddAddresses(SiteOptions site)
        {
            if (Fault(builder.Configuration, site.IsDemo) is { } fault)
                throw new ConfigurationException(fault);
            if (Asked(builder.Configuration).Count == 0)
                builder.WebHost.UseUrls(SiteOptions.LocalUrl);

            string[] hosts = ["localhost", "127.0.0.1", "[::1]", .. site.BaseUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var own) ? new[] { own.Host } : []];
            builder.Services.Configure<HostFilteringOptions>(filter => (filter.AllowedHosts, filter.IncludeFailureMessage) = (hosts, false));
        }
    }

    /// <summary>What is wrong with where it is to listen, and the cure: for others without an address of its own, or with the demo company; null when nothing is.</summary>
    public static string? Fault(IConfiguration configuration, bool isDemo)
    {
        var asked = Asked(configuration);
        if (asked.FirstOrDefault(u => !IsAddress(u)) is { } wrong)
            return $"\"{wrong}\" of --urls is no address to listen on, such as http://127.0.0.1:5080.";
        var isOpen = !asked.All(IsLoopback);
        if (isDemo && (isOpen || configuration.Given("Database:ConnectionString") is not null || configuration.Given("Database:Provider") is not null))
            return "The demo company is for this machine alone: --demo takes a loopback address and no configured database.";
        return isOpen && configuration.Given("Site:BaseUrl") is null ? "Site:BaseUrl is missing: without it CrmWeb listens on loopback addresses only." : null;
    }

    /// <summary>By any of the host's own ways.</summary>
    private static List<string> Asked(IConfiguration configuration) =>
    [
        .. (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        .. configuration["urls"] is null ? (configuration["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => $"http://*:{p}") : [],
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>(),
    ];

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Port: >= 0 and <= IPEndPoint.MaxPort };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
