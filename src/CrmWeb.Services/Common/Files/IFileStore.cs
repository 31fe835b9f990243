namespace CrmWeb.Services.Common;

/// <summary>Keeps the bytes of files under the hash of their content: the same file twice takes the place of one.</summary>
public interface IFileStore
{
    /// <summary>Stores a file; it is on the disk when this returns.</summary>
    /// <param name="limit">Most bytes.</param>
    /// <exception cref="RuleException">The file is larger, or empty.</exception>
    Task<StoredFile> SaveAsync(Stream content, long limit, CancellationToken ct);

    /// <summary>The bytes of a stored file.</summary>
    /// <exception cref="FileNotFoundException">No file has this hash.</exception>
    Stream Open(string hash);
}

/// <param name="Hash">SHA-256, lower-case hexadecimal.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredFile(string Hash, long Size);
