using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CrmWeb.Data.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace CrmWeb.Web.Access.Keys;

/// <summary>The keys that protect cookies, forms and links: beside the embedded database, or in the shared one.</summary>
internal static class KeyServices
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static IServiceCollection AddKeys(this IServiceCollection services, IConfiguration configuration, SiteOptions site)
    {
        var keys = services.AddDataProtection().SetApplicationName("CrmWeb");
        if (configuration.Given("Database:Provider") == "SqlServer")
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new KeyRows(s.GetRequiredService<IServiceScopeFactory>())));
        else
            keys.PersistKeysToFileSystem(Folder(KeysFolder.PathOf(site)));
        if (configuration.Given("Keys:Certificate") is { } file)
            keys.ProtectKeysWithCertificate(Certificate(file, configuration.Given("Keys:CertificatePassword")));
        return services;
    }

    /// <summary>What keeps the certificate from being used, and the cure; null when nothing does.</summary>
    public static string? Fault(IConfiguration configuration)
    {
        if (configuration.Given("Keys:Certificate") is not { } file)
            return null;
        try
        {
            using var certificate = Certificate(file, configuration.Given("Keys:CertificatePassword"));
            return certificate.HasPrivateKey ? null : "Keys:Certificate holds no private key: what it seals could not be opened again. Export it with its key.";
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return "Keys:Certificate cannot be read. It names a PKCS#12 file; its password is Keys:CertificatePassword.";
        }
    }

    /// <summary>How many of the keys in use cannot be opened.</summary>
    public static int Unread(IEnumerable<IKey> keys) => keys.Count(k => !k.IsRevoked && !IsRead(k));

    private static X509Certificate2 Certificate(string file, string? password) => X509CertificateLoader.LoadPkcs12FromFile(file, password);

    private static bool IsRead(IKey key)
    {
        try
        {
            return key.Descriptor is not null && key.CreateEncryptor() is not null;
        }
        catch (Exception)
        {
            return false; // whatever it is, the key does not open
        }
    }

    /// <summary>Nobody else on the machine may look in.</summary>
    private static DirectoryInfo Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path);

        var folder = Directory.CreateDirectory(path, OwnerOnly);
        File.SetUnixFileMode(path, OwnerOnly);
        return folder;
    }
}
