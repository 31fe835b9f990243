using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Keys;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CrmWeb.Web.Common.Checks;

/// <summary>Whether the keys of cookies and links can be read, and by nobody else.</summary>
internal sealed class KeysCheck(IDatabaseState database, IKeyManager keys, IConfiguration configuration, SiteOptions site) : IHealthCheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private bool IsShared => configuration["Database:Provider"] == "SqlServer";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        IsShared ? database.WhenPresentAsync(() => Task.FromResult(Check()), cancellationToken) : Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var all = keys.GetAllKeys();
        var unread = KeyServices.Unread(all);
        if (unread > 0)
            return HealthCheckResult.Unhealthy($"{unread} of {all.Count} keys cannot be read: sessions and links they made are lost. Set Keys:Certificate to the certificate that sealed them, or restore them from a backup.");
        if (!IsShared && IsOpenToOthers(KeysFolder.PathOf(site)))
            return HealthCheckResult.Unhealthy($"Others on this machine can read {KeysFolder.PathOf(site)}. Start CrmWeb once, which closes it, and see who looked.");
        return IsShared && configuration["Keys:Certificate"] is not { Length: > 0 }
            ? HealthCheckResult.Degraded("The keys lie unsealed in the database, for everyone who reads it. Set Keys:Certificate.")
            : HealthCheckResult.Healthy(all.Count == 0 ? "There is none yet; the first start makes one." : $"{all.Count} can be read.");
    }

    private static bool IsOpenToOthers(string folder) => !OperatingSystem.IsWindows() && Directory.Exists(folder) && (File.GetUnixFileMode(folder) & Others) != UnixFileMode.None;
}
