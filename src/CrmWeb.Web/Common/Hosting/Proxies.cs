using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Whose word is taken for where a request comes from: that of the proxies in front, and of nobody else.</summary>
internal static class Proxies
{
    extension(WebApplicationBuilder builder)
    {
        /// <exception cref="ConfigurationException">An entry is neither an address nor a network.</exception>
        public void AddProxies()
        {
            var known = Known(builder.Configuration);
            builder.Configuration["ForwardedHeaders_Enabled"] = "false"; // the framework's own switch believes everybody
            builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
            {
                forwarded.ForwardedHeaders = known.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                forwarded.ForwardLimit = null; // as far as known proxies reach
                forwarded.KnownProxies.Clear();
                forwarded.KnownIPNetworks.Clear();
                foreach (var network in known)
                    forwarded.KnownIPNetworks.Add(network);
            });
        }
    }

    private static List<IPNetwork> Known(IConfiguration configuration)
    {
        var networks = new List<IPNetwork>();
        foreach (var entry in (configuration["Proxy:Known"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(entry, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || entry.Count('.') == 3)) // "10.0.0" would be 10.0.0.0
                networks.Add(new(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(entry, out var network))
                networks.Add(network);
            else
                throw new ConfigurationException($"Proxy:Known holds \"{entry}\"; it is a list of addresses and networks, such as 10.0.0.2, 10.1.0.0/16.");
        }
        return networks;
    }
}
