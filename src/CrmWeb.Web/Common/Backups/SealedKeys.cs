using System.Security.Cryptography;
using System.Text.Json;

namespace CrmWeb.Web.Common.Backups;

/// <summary>The keys folder as one encrypted block: AES-256-GCM under a key that PBKDF2 with SHA-256 makes of a passphrase.</summary>
internal static class SealedKeys
{
    private const int SaltBytes = 16, NonceBytes = 12, TagBytes = 16, KeyBytes = 32;
    private const int Rounds = 600_000; // OWASP, Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256

    public static byte[] Seal(IReadOnlyDictionary<string, string> keys, string passphrase)
    {
        var (salt, nonce, text) = (RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(NonceBytes), JsonSerializer.SerializeToUtf8Bytes(keys));
        var (tag, cipher) = (new byte[TagBytes], new byte[text.Length]);
        using var aes = new AesGcm(Key(passphrase, salt), TagBytes);
        aes.Encrypt(nonce, text, cipher, tag);
        return [.. salt, .. nonce, .. tag, .. cipher];
    }

    /// <returns>Null when the passphrase is another one, or the block was changed.</returns>
    public static IReadOnlyDictionary<string, string>? Open(byte[] block, string passphrase)
    {
        if (block.Length < SaltBytes + NonceBytes + TagBytes)
            return null;
        var (salt, nonce, tag, cipher) = (block[..SaltBytes], block[SaltBytes..(SaltBytes + NonceBytes)], block[(SaltBytes + NonceBytes)..(SaltBytes + NonceBytes + TagBytes)], block[(SaltBytes + NonceBytes + TagBytes)..]);
        var text = new byte[cipher.Length];
        using var aes = new AesGcm(Key(passphrase, salt), TagBytes);
        try
        {
            aes.Decrypt(nonce, cipher, tag, text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        return JsonSerializer.Deserialize<Dictionary<string, string>>(text);
    }

    private static byte[] Key(string passphrase, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Rounds, HashAlgorithmName.SHA256, KeyBytes);
}
