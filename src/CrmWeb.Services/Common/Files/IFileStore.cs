namespace CrmWeb.Services.Common;

/// <summary>Keeps the bytes of files under the hash of their content: the same file twice takes the place of one.</summary>
public interface IFileStore
{
    /// <summary>Takes a file in to be looked at. It is in the store only when it is kept; otherwise nothing of it stays.</summary>
    /// <param name="limit">Most bytes.</param>
    /// <exception cref="RuleException">The file is larger, or empty, or there is no room.</exception>
    Task<IArrivedFile> ReceiveAsync(Stream content, long limit, CancellationToken ct);

    /// <summary>The bytes of a stored file.</summary>
    /// <exception cref="FileNotFoundException">No file has this hash.</exception>
    Stream Open(string hash);

    /// <summary>The hashes of all stored files.</summary>
    IEnumerable<string> All();

    /// <summary>Bytes of a stored file; 0 when there is none.</summary>
    long SizeOf(string hash);

    /// <summary>Removes what killed uploads have left, and content that nothing refers to, both untouched since a moment.</summary>
    /// <param name="before">UTC.</param>
    /// <returns>Files removed.</returns>
    Task<int> TidyAsync(DateTime before, ReferredContents referred, CancellationToken ct);
}

/// <summary>Which of these hashes something refers to.</summary>
public delegate Task<IReadOnlySet<string>> ReferredContents(IReadOnlyList<string> hashes, CancellationToken ct);

/// <summary>A file on its way into the store.</summary>
public interface IArrivedFile : IDisposable
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    string Hash { get; }

    /// <summary>Bytes.</summary>
    long Size { get; }

    Stream Open();

    /// <summary>Puts it into the store; it is on the disk when this returns.</summary>
    void Keep();
}

/// <summary>What people have stored.</summary>
public interface IFileUsage
{
    /// <summary>Bytes of a user's files: those on customers, and those of his imports of the last month.</summary>
    Task<long> OfAsync(long userId, CancellationToken ct);

    /// <summary>Which of these contents a record refers to, be it in the trash.</summary>
    Task<IReadOnlySet<string>> ReferredAsync(IReadOnlyList<string> hashes, CancellationToken ct);

    /// <summary>Contents of the newest files on customers.</summary>
    Task<IReadOnlyList<string>> NewestAsync(int limit, CancellationToken ct);
}

/// <summary>How much one person may store.</summary>
internal sealed class FileQuota(IFileUsage usage, ICurrentUser user, SiteOptions site)
{
    private const long Megabyte = 1_048_576;

    /// <param name="more">Bytes of the file to come.</param>
    /// <exception cref="RuleException">There is no room for it.</exception>
    public async Task RequireRoomAsync(long more, CancellationToken ct)
    {
        if (user.Id is { } id && id != Domain.Access.User.SystemId)
            Rule.Require(await usage.OfAsync(id, ct) + more <= site.FilesPerUserMegabytes * Megabyte, "File.NoRoomLeft", "File", site.FilesPerUserMegabytes);
    }
}
