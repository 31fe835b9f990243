using System.Security.Cryptography;
using CrmWeb.Services.Automation;
using Microsoft.AspNetCore.DataProtection;

namespace CrmWeb.Web.Automation.Outbox;

/// <summary>Seals with the keys that protect cookies too.</summary>
internal sealed class Sealer(IDataProtectionProvider protection) : ISealer
{
    public string Seal(string purpose, string text) => protection.CreateProtector(purpose).Protect(text);

    public string? Open(string purpose, string text)
    {
        try
        {
            return protection.CreateProtector(purpose).Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
