using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Files on customers.</summary>
public interface IAttachmentService
{
    /// <summary>Keeps a file with a customer.</summary>
    /// <exception cref="RuleException">It is too large, empty, or of a kind that is not taken; nothing is kept.</exception>
    Task<long> AddAsync(long customerId, string name, Stream content, CancellationToken ct);

    /// <summary>A file to hand out; its right is that of its record.</summary>
    Task<FileContent> OpenAsync(long id, CancellationToken ct);
}

/// <param name="MediaType">Safe to name in an answer.</param>
public sealed record FileContent(string Name, string MediaType, Stream Content);

internal sealed class AttachmentService(IRepository<Customer> customers, IRepository<Attachment> attachments, IUnitOfWork work, IFileStore files, FileQuota quota) : IAttachmentService
{
    public async Task<long> AddAsync(long customerId, string name, Stream content, CancellationToken ct)
    {
        await customers.ReadAsync(customerId, RecordAction.View, c => c.Id, ct);
        var label = Path.GetFileName(name.Replace('\\', '/')).Trim();
        using var arrived = await files.ReceiveAsync(content, FileTypes.Largest, ct);
        var type = FileTypes.Of(label, await StartAsync(arrived, ct));
        Rule.Require(type is not null, "File.NotTaken", "File", label);
        var attachment = new Attachment { CustomerId = customerId, Name = label, Hash = arrived.Hash, Size = arrived.Size, MediaType = type };
        Rule.RequireNone(attachment.Check());
        await quota.RequireRoomAsync(arrived.Size, ct);

        arrived.Keep();
        attachments.Add(attachment);
        await work.SaveAsync(ct);
        return attachment.Id;
    }

    public async Task<FileContent> OpenAsync(long id, CancellationToken ct)
    {
        var file = await attachments.ReadAsync(id, RecordAction.View, a => new { a.Name, a.MediaType, a.Hash }, ct);
        return new(file.Name, file.MediaType, files.Open(file.Hash));
    }

    private static async Task<byte[]> StartAsync(IArrivedFile arrived, CancellationToken ct)
    {
        await using var stream = arrived.Open();
        var start = new byte[FileTypes.SampleSize];
        return start[..await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct)];
    }
}
