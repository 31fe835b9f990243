using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace CrmWeb.Web.Access;

/// <summary>How often one address may try the doors.</summary>
internal static class RateLimits
{
    public const string Doors = "doors";
    private const int DefaultPerMinute = 20;

    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (context, _) =>
        {
            if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limits.AddPolicy(Doors, http =>
        {
            var most = http.RequestServices.GetRequiredService<IConfiguration>().GetValue("Limits:DoorsPerMinute", DefaultPerMinute);
            return RateLimitPartition.GetFixedWindowLimiter(Caller(http.Connection.RemoteIpAddress), _ => new() { PermitLimit = most, Window = TimeSpan.FromMinutes(1) });
        });
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
