using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Backups;

/// <summary>What a backup says about itself.</summary>
/// <param name="Format">Of the backup, not of the database.</param>
/// <param name="MadeAt">UTC.</param>
/// <param name="Database">SHA-256 of the database in it.</param>
internal sealed record BackupManifest(int Format, DateTime MadeAt, string Database, int Files);

/// <summary>A backup: one ZIP with the database, the stored files under their hashes and, sealed, the keys. No name in it ever becomes a path.</summary>
internal static class BackupFile
{
    private const int Format = 1;
    private const string ManifestName = "crmweb.json", DatabaseName = "crm.db", KeysName = "keys.sealed", FilesName = "files/";
    private const long MostKeys = 1_048_576, MostManifest = 65_536, MostFile = 4L << 30;

    /// <param name="database">A copy of the database.</param>
    /// <returns>Number of stored files in it.</returns>
    public static async Task<int> WriteAsync(string path, string database, IFileStore files, byte[]? keys, DateTime now, CancellationToken ct)
    {
        var (part, count) = (path + ".part", 0);
        try
        {
            await using (var zip = new ZipArchive(new FileStream(part, FileMode.Create, FileAccess.ReadWrite), ZipArchiveMode.Create))
            {
                await using (var copy = File.OpenRead(database))
                    await AddAsync(zip, DatabaseName, copy, CompressionLevel.Fastest, ct);
                foreach (var hash in files.All())
                {
                    await using var stored = files.Open(hash);
                    await AddAsync(zip, FilesName + hash, stored, CompressionLevel.NoCompression, ct);
                    count++;
                }
                if (keys is not null)
                    await AddAsync(zip, KeysName, new MemoryStream(keys), CompressionLevel.NoCompression, ct);
                await AddAsync(zip, ManifestName, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new BackupManifest(Format, now, await HashAsync(database, ct), count))), CompressionLevel.Fastest, ct);
            }
            await using (var written = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            File.Move(part, path);
            return count;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Takes a backup apart: the database into a file, stored files into the store.</summary>
    /// <returns>What it says about itself, and the sealed keys, if they are in it.</returns>
    /// <exception cref="InvalidDataException">It is not whole, or none of ours.</exception>
    public static async Task<(BackupManifest Manifest, byte[]? Keys)> ReadAsync(string path, string database, IFileStore files, CancellationToken ct)
    {
        await using var zip = await ZipFile.OpenReadAsync(path, ct);
        if (zip.GetEntry(ManifestName) is not { Length: <= MostManifest } said || zip.GetEntry(DatabaseName) is not { } copy)
            throw new InvalidDataException("It is no backup of CrmWeb.");
        var manifest = JsonSerializer.Deserialize<BackupManifest>(await BytesAsync(said, MostManifest, ct));
        if (manifest is not { Format: Format })
            throw new InvalidDataException("It was made by a newer version of CrmWeb.");

        await using (var from = await copy.OpenAsync(ct))
        await using (var to = new FileStream(database, FileMode.CreateNew))
            await from.CopyToAsync(to, ct);
        if (await HashAsync(database, ct) != manifest.Database)
            throw new InvalidDataException("The database in it is damaged.");

        var stored = zip.Entries.Where(e => e.FullName.StartsWith(FilesName, StringComparison.Ordinal)).ToList();
        if (stored.Count != manifest.Files)
            throw new InvalidDataException("Files are missing in it.");
        foreach (var entry in stored)
            await KeepAsync(entry, files, ct);
        return (manifest, zip.GetEntry(KeysName) is { } keys ? await BytesAsync(keys, MostKeys, ct) : null);
    }

    private static async Task KeepAsync(ZipArchiveEntry entry, IFileStore files, CancellationToken ct)
    {
        await using var content = await entry.OpenAsync(ct);
        using var arrived = await files.ReceiveAsync(content, MostFile, ct);
        if (arrived.Hash != entry.FullName[FilesName.Length..])
            throw new InvalidDataException("A file in it is damaged.");
        arrived.Keep();
    }

    private static async Task AddAsync(ZipArchive zip, string name, Stream content, CompressionLevel level, CancellationToken ct)
    {
        await using var entry = await zip.CreateEntry(name, level).OpenAsync(ct);
        await content.CopyToAsync(entry, ct);
    }

    private static async Task<byte[]> BytesAsync(ZipArchiveEntry entry, long most, CancellationToken ct)
    {
        if (entry.Length > most)
            throw new InvalidDataException($"{entry.FullName} in it is too large.");
        await using var content = await entry.OpenAsync(ct);
        var bytes = new byte[entry.Length];
        await content.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    private static async Task<string> HashAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }
}
