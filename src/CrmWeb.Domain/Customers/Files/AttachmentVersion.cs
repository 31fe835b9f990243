using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>One content of a file: who brought it and when. The newest is the file's own.</summary>
/// <param name="number">From 1.</param>
/// <param name="at">UTC.</param>
public sealed class AttachmentVersion(long attachmentId, int number, string hash, string mediaType, long size, DateTime at, long? byId)
{
    public long AttachmentId { get; private set; } = attachmentId;
    public int Number { get; private set; } = number;

    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    [MaxLength(64)]
    public string Hash { get; private set; } = hash;

    [MaxLength(100)]
    public string MediaType { get; private set; } = mediaType;

    /// <summary>Bytes.</summary>
    public long Size { get; private set; } = size;

    /// <summary>UTC.</summary>
    public DateTime At { get; private set; } = at;
    public long? ById { get; private set; } = byId;
}
