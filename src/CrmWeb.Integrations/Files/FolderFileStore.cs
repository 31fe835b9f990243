using System.Security.Cryptography;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.Integrations.Files;

/// <summary>Files in a folder, spread over sub-folders by the beginning of their hash.</summary>
public sealed class FolderFileStore(string folder) : IFileStore
{
    private const int HashLength = 64;

    public async Task<IArrivedFile> ReceiveAsync(Stream content, long limit, CancellationToken ct)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}{FolderTidy.Part}");
        try
        {
            Directory.CreateDirectory(folder);
            var (hash, size) = await WriteAsync(content, path, limit, ct);
            Rule.Require(size > 0, "File.Empty", "File");
            return new Arrived(path, PlaceOf(hash), hash, size);
        }
        catch (Exception failed)
        {
            File.Delete(path);
            if (DiskFull.Is(failed))
                throw new RuleException([new("File.DiskFull", "File")]);
            throw;
        }
    }

    public Stream Open(string hash) => File.Exists(PlaceOf(hash)) ? OpenAt(PlaceOf(hash)) : throw new FileNotFoundException("No such file.");

    public IEnumerable<string> All() => !Directory.Exists(folder) ? [] :
        Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateFiles).Select(f => Path.GetFileName(f)).Where(n => IsHash(n) && File.Exists(PlaceOf(n)));

    public long SizeOf(string hash) => new FileInfo(PlaceOf(hash)) is { Exists: true } file ? file.Length : 0;

    public Task<int> TidyAsync(DateTime before, ReferredContents referred, CancellationToken ct) => new FolderTidy(folder, before, referred).RunAsync(ct);

    internal static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    private static FileStream OpenAt(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 81_920, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<(string Hash, long Size)> WriteAsync(Stream content, string path, long limit, CancellationToken ct)
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
        if (!IsHash(hash))
            throw new FileNotFoundException("No such file.");
        return Path.Combine(folder, hash[..2], hash);
    }

    private sealed class Arrived(string path, string place, string hash, long size) : IArrivedFile
    {
        public string Hash => hash;
        public long Size => size;

        public Stream Open() => OpenAt(File.Exists(path) ? path : place);

        public void Keep()
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            try
            {
                File.SetLastWriteTimeUtc(place, TimeProvider.System.GetUtcNow().UtcDateTime); // it is here already: young again, so that no tidying takes it before its row is written
            }
            catch (FileNotFoundException)
            {
                File.Move(path, place, overwrite: true); // by another upload of the same bytes in this moment
            }
        }

        public void Dispose() => File.Delete(path);
    }
}
