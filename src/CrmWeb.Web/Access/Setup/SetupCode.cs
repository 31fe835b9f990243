using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CrmWeb.Web.Access.Setup;

/// <summary>What shows that who sets the product up sits at its console, too.</summary>
internal sealed class SetupCode
{
    private const int Groups = 4, GroupLength = 7;
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Proto", "X-Real-IP", "Via"];
    private readonly string code = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", Groups * GroupLength); // 140 bits

    /// <summary>As it stands on the console.</summary>
    public string Text => string.Join('-', code.Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>Whoever is on this machine himself is not asked.</summary>
    public static bool IsAsked(HttpContext http) =>
        http.Connection.RemoteIpAddress is not { } peer || !IPAddress.IsLoopback(peer) || Forwarded.Any(http.Request.Headers.ContainsKey);

    public bool Fits(string? typed) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes((typed ?? "").Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()));
}
