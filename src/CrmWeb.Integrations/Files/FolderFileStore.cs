using System.Security.Cryptography;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.Integrations.Files;

/// <summary>Files in a folder, spread over sub-folders by the beginning of their hash.</summary>
public sealed class FolderFileStore(string folder) : IFileStore
{
    private const int HashLength = 64;

    public async Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var arriving = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        try
        {
            var (hash, size) = await ReceiveAsync(content, arriving, limit, ct);
            Rule.Require(size > 0, "File.Empty", "File");
            var place = PlaceOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (!File.Exists(place))
                File.Move(arriving, place);
            return new(hash, size);
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    public Stream Open(string hash) => new FileStream(PlaceOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read, 81_920, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<(string Hash, long Size)> ReceiveAsync(Stream content, string path, long limit, CancellationToken ct)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 81_920, FileOptions.Asynchronous);
        var (buffer, size) = (new byte[81_920], 0L);
        int read;
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            size += read;
            Rule.Require(size <= limit, "File.TooLarge", "File", limit / 1_048_576);
            sha.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        file.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(sha.GetHashAndReset()), size);
    }

    private string PlaceOf(string hash)
    {
        // A hash is made of digits alone: nothing else reaches the file system as a name.
        if (hash.Length != HashLength || !hash.All(char.IsAsciiHexDigitLower))
            throw new FileNotFoundException("No such file.");
        return Path.Combine(folder, hash[..2], hash);
    }
}
