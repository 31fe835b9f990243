using System.Globalization;
using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Access;

/// <summary>
/// Links that let one user choose one password: sealed, for a while, and bound to what changes with the password,
/// so that a used one, or any older one, opens nothing.
/// </summary>
internal sealed class PasswordLinks(ICredentials credentials, ISealer sealer, SiteOptions site, TimeProvider clock)
{
    private const string Purpose = "password link";

    /// <summary>How long a forgotten password may wait, and how long an invitation.</summary>
    public static readonly TimeSpan Reset = TimeSpan.FromHours(1), Invitation = TimeSpan.FromDays(7);

    /// <summary>Null for a user who cannot sign in.</summary>
    public async Task<string?> MakeAsync(long userId, TimeSpan life, CancellationToken ct) =>
        await credentials.StampAsync(userId, ct) is { } stamp ? Address(userId, stamp, life) : null;

    /// <summary>A link for a user whose sign-in begins with the save to come.</summary>
    public string Address(long userId, string stamp, TimeSpan life)
    {
        var token = sealer.Seal(Purpose, string.Create(CultureInfo.InvariantCulture, $"{userId}|{(clock.GetUtcNow() + life).UtcTicks}|{stamp}"));
        return $"{site.Url}/password/reset?token={Uri.EscapeDataString(token)}";
    }

    /// <summary>Whose link it is; null when it was used, has run out, or is none of ours.</summary>
    public async Task<long?> ReadAsync(string? token, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(token) || sealer.Open(Purpose, token)?.Split('|') is not [var id, var until, var stamp])
            return null;

        var userId = long.Parse(id, CultureInfo.InvariantCulture);
        var isOpen = clock.GetUtcNow().UtcTicks < long.Parse(until, CultureInfo.InvariantCulture);
        return isOpen && await credentials.StampAsync(userId, ct) == stamp ? userId : null;
    }
}
