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

    /// <exception cref="ConfigurationException">The certificate cannot be read.</exception>
    public static IServiceCollection AddKeys(this IServiceCollection services, IConfiguration configuration, SiteOptions site)
    {
        var keys = services.AddDataProtection().SetApplicationName("CrmWeb");
        if (configuration["Database:Provider"] == "SqlServer")
            services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new KeyRows(s.GetRequiredService<IServiceScopeFactory>())));
        else
            keys.PersistKeysToFileSystem(Folder(Path.Combine(site.DataPath, "keys")));
        if (configuration["Keys:Certificate"] is { Length: > 0 } file)
            keys.ProtectKeysWithCertificate(Certificate(file, configuration["Keys:CertificatePassword"]));
        return services;
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

    private static X509Certificate2 Certificate(string file, string? password)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, password);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException("Keys:Certificate cannot be read. It names a PKCS#12 file; its password is Keys:CertificatePassword.");
        }
    }
}
