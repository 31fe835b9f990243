using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Files on customers.</summary>
public interface IAttachmentService
{
    /// <summary>Keeps a file with a customer.</summary>
    /// <exception cref="RuleException">It is too large, empty, or of a kind that is not taken; nothing is kept.</exception>
    Task<long> AddAsync(long customerId, string name, Stream content, CancellationToken ct);

    /// <summary>Puts other content in the place of a file's, which stays as a version.</summary>
    /// <exception cref="RuleException">As for a new file, or it is the same content, or of another kind than the name says.</exception>
    Task ReplaceAsync(long id, Guid version, string name, Stream content, CancellationToken ct);

    /// <summary>A file with its versions.</summary>
    Task<AttachmentPage> ShowAsync(long id, CancellationToken ct);

    /// <summary>A file to hand out; its right is that of its record.</summary>
    /// <param name="number">Of the version; null for the present one.</param>
    Task<FileContent> OpenAsync(long id, int? number, CancellationToken ct);

    /// <summary>A picture of the content.</summary>
    /// <returns>Null when it is none, or cannot be shown.</returns>
    Task<byte[]?> PreviewAsync(long id, CancellationToken ct);
}

/// <param name="MediaType">Safe to name in an answer.</param>
public sealed record FileContent(string Name, string MediaType, Stream Content);

/// <param name="Versions">The newest first.</param>
/// <param name="By">Who brought the versions, by id.</param>
public sealed record AttachmentPage(
    long Id, Guid Version, string Name, string MediaType, long Size, long? CustomerId, string? Customer, IReadOnlyList<AttachmentVersion> Versions, IReadOnlyDictionary<long, string> By, bool MayEdit, bool MayDelete)
{
    private const long MostDrawn = 20_971_520; // bytes: the browser loads the whole file to draw a page of it

    public bool IsPicture => MediaType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>A PDF file that a browser can draw.</summary>
    public bool IsDrawn => MediaType == "application/pdf" && Size <= MostDrawn;
}

internal sealed class AttachmentService(
    IRepository<Customer> customers, IRepository<Attachment> attachments, IRecordService<Attachment> records, IUnitOfWork work, IFileStore files, FileQuota quota, IImagePreviews previews, ISearchService search, ICurrentUser user, TimeProvider clock)
    : IAttachmentService
{
    private const int PreviewSide = 1_200, MostVersions = 100;

    public async Task<long> AddAsync(long customerId, string name, Stream content, CancellationToken ct)
    {
        await customers.ReadAsync(customerId, RecordAction.View, c => c.Id, ct);
        var label = Path.GetFileName(name.Replace('\\', '/')).Trim();
        using var arrived = await files.ReceiveAsync(content, FileTypes.Largest, ct);
        var attachment = new Attachment { CustomerId = customerId, Name = label, Hash = arrived.Hash, Size = arrived.Size, MediaType = await TypeAsync(label, arrived, ct) };
        Rule.RequireNone(attachment.Check());
        await quota.RequireRoomAsync(arrived.Size, ct);

        arrived.Keep();
        attachments.Add(attachment);
        attachments.AddPart(VersionOf(attachment));
        await work.SaveAsync(ct);
        return attachment.Id;
    }

    public async Task ReplaceAsync(long id, Guid version, string name, Stream content, CancellationToken ct)
    {
        var attachment = await attachments.GetAsync(id, RecordAction.Edit, version, ct);
        using var arrived = await files.ReceiveAsync(content, FileTypes.Largest, ct);
        var type = await TypeAsync(name, arrived, ct);
        Rule.Require(type == attachment.MediaType, "File.OtherKind", "File", Path.GetExtension(attachment.Name));
        Rule.Require(attachment.Edition < MostVersions, "File.TooManyVersions", "File", MostVersions);
        attachment.Replace(arrived.Hash, type, arrived.Size);
        await quota.RequireRoomAsync(arrived.Size, ct);

        arrived.Keep();
        attachments.AddPart(VersionOf(attachment));
        await work.SaveAsync(ct);
    }

    public async Task<AttachmentPage> ShowAsync(long id, CancellationToken ct)
    {
        var file = await attachments.ReadAsync(id, RecordAction.View, a => new { a.Version, a.Name, a.MediaType, a.Size, a.CustomerId }, ct);
        var versions = await attachments.Parts<AttachmentVersion>(id).OrderByDescending(v => v.Number).Take(MostVersions).ToListAsync(ct);
        return new(
            id, file.Version, file.Name, file.MediaType, file.Size, file.CustomerId,
            file.CustomerId is { } customer ? (await search.TitlesAsync(nameof(Customer), [customer], ct)).GetValueOrDefault(customer) : null,
            versions, await search.TitlesAsync("User", [.. versions.Select(v => v.ById).OfType<long>()], ct),
            await records.MayAsync(id, RecordAction.Edit, ct), await records.MayAsync(id, RecordAction.Delete, ct));
    }

    public async Task<FileContent> OpenAsync(long id, int? number, CancellationToken ct)
    {
        var file = await attachments.ReadAsync(id, RecordAction.View, a => new { a.Name, a.MediaType, a.Hash }, ct);
        if (number is null)
            return new(file.Name, file.MediaType, files.Open(file.Hash));

        var version = await attachments.Parts<AttachmentVersion>(id).Where(v => v.Number == number).Select(v => new { v.Hash, v.MediaType }).FirstOrDefaultAsync(ct);
        return version is null ? throw new RecordNotFoundException(typeof(AttachmentVersion), id) : new(file.Name, version.MediaType, files.Open(version.Hash));
    }

    public async Task<byte[]?> PreviewAsync(long id, CancellationToken ct)
    {
        var file = await OpenAsync(id, number: null, ct);
        await using var content = file.Content;
        return await previews.MakeAsync(content, PreviewSide, ct);
    }

    private AttachmentVersion VersionOf(Attachment file) => new(file.Id, file.Edition, file.Hash, file.MediaType, file.Size, clock.GetUtcNow().UtcDateTime, user.Id);

    /// <exception cref="RuleException">Name and content do not agree on a kind that is taken.</exception>
    private static async Task<string> TypeAsync(string name, IArrivedFile arrived, CancellationToken ct)
    {
        await using var stream = arrived.Open();
        var start = new byte[FileTypes.SampleSize];
        var type = FileTypes.Of(name, start.AsSpan(0, await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct)));
        Rule.Require(type is not null, "File.NotTaken", "File", name);

        return type;
    }
}
