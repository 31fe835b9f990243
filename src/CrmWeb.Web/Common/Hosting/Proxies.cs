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
        public void AddProxies()
        {
            TryRead(builder.Configuration["Proxy:Known"] ?? "", out var known);
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

    /// <summary>Reads a list of addresses and networks.</summary>
    /// <returns>False when an entry is neither.</returns>
    public static bool TryRead(string text, out IReadOnlyList<IPNetwork> networks)
    {
        var read = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read).ToList();
        networks = [.. read.OfType<IPNetwork>()];
        return networks.Count == read.Count;
    }

    private static IPNetwork? Read(string entry) =>
        IPAddress.TryParse(entry, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || entry.Count('.') == 3) // "10.0.0" would be 10.0.0.0
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(entry, out var network) ? network : null;
}
