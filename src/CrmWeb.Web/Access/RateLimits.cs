using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CrmWeb.Web.Common.Hosting;

namespace CrmWeb.Web.Access;

/// <summary>How often one address may try the doors, and ask for anything at all without being signed in. Who a password belongs to is locked for a while by itself after wrong ones.</summary>
internal static class RateLimits
{
    public const string Doors = "doors";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (context, _) =>
        {
            if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limits.AddPolicy(Doors, http => PerAddress(http, "Limits:DoorsPerMinute", "20"));
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            http.User.Identity?.IsAuthenticated == true ? RateLimitPartition.GetNoLimiter("signed in") : PerAddress(http, "Limits:SignedOutPerMinute", "600"));
    });

    private static RateLimitPartition<string> PerAddress(HttpContext http, string setting, string most) => RateLimitPartition.GetFixedWindowLimiter(Caller(http.Connection.RemoteIpAddress), _ => new()
    {
        PermitLimit = int.Parse(http.RequestServices.GetRequiredService<IConfiguration>().Given(setting) ?? most, CultureInfo.InvariantCulture),
        Window = Window,
    });

    /// <summary>A household has a whole network of the newer addresses: its first half stands for all.</summary>
    private static string Caller(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
