using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace CrmWeb.Web.Access.Keys;

/// <summary>The product does not begin with new keys where the old ones are still needed: everybody would be signed out, and mails that wait would lose their links, without a word.</summary>
internal static class KeysAtStart
{
    /// <summary>Given at start where the keys are lost for good.</summary>
    public const string Option = "new-keys";

    private const string Lost = $"If they are lost, start once with --{Option}: everyone signs in anew, and links in mails no longer open.";

    extension(IServiceProvider services)
    {
        /// <exception cref="ConfigurationException">A key cannot be opened, or there is none and the database holds what one has sealed.</exception>
        public async Task RequireKeysAsync(CancellationToken ct)
        {
            await using var scope = services.CreateAsyncScope();
            var (keys, site) = (scope.ServiceProvider.GetRequiredService<IKeyManager>(), scope.ServiceProvider.GetRequiredService<SiteOptions>());
            scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("start");
            var all = keys.GetAllKeys();
            if (IsGivenUp(scope.ServiceProvider.GetRequiredService<IConfiguration>()))
                keys.RevokeAllKeys(scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), $"--{Option}");
            else if (KeyServices.Unread(all) is > 0 and var unread)
                throw new ConfigurationException($"{unread} of {all.Count} keys cannot be opened: another certificate sealed them. Set Keys:Certificate to that one. {Lost} Nothing was changed.");
            else if (all.Count == 0 && await scope.ServiceProvider.GetRequiredService<IDatabaseState>().NeedsKeysAsync(ct))
                throw new ConfigurationException($"The keys of sign-ins and links are missing from {KeysFolder.PathOf(site)}, and the database needs them. Put them back there, from a backup if need be. {Lost} Nothing was changed.");
        }
    }

    private static bool IsGivenUp(IConfiguration configuration) => bool.TryParse(configuration[Option], out var asked) && asked;
}
