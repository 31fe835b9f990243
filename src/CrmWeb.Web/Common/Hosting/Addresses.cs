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
        /// <exception cref="ConfigurationException">It is to listen for others without an address of its own, or the demo company is to be shown to others.</exception>
        public void AddAddresses(SiteOptions site)
        {
            var configured = builder.Configuration["urls"] ?? builder.Configuration["http_ports"];
            if (configured is null)
                builder.WebHost.UseUrls(SiteOptions.LocalUrl);
            var isOpen = configured is not null && !configured.Split(';', StringSplitOptions.RemoveEmptyEntries).All(IsLoopback);
            if (site.IsDemo && (isOpen || builder.Configuration["Database:ConnectionString"] is not null || builder.Configuration["Database:Provider"] is not null))
                throw new ConfigurationException("The demo company is for this machine alone: --demo takes a loopback address and no configured database.");
            if (isOpen && site.BaseUrl is null)
                throw new ConfigurationException("Site:BaseUrl is missing: without it CrmWeb listens on loopback addresses only.");

            string[] hosts = ["localhost", "127.0.0.1", "[::1]", .. site.BaseUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var own) ? new[] { own.Host } : []];
            builder.Services.Configure<HostFilteringOptions>(filter => (filter.AllowedHosts, filter.IncludeFailureMessage) = (hosts, false));
        }
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
