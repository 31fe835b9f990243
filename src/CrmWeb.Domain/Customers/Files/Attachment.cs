using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>A file on a customer. The bytes lie in the file store under their hash; the name is a label.</summary>
public sealed class Attachment : Record, IScoped, ISearchable
{
    public long? CustomerId { get; set; }
    public Customer? Customer { get; private set; }
    public long? ActivityId { get; set; }

    [Required, MaxLength(200)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";

    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    [Required, MaxLength(64)]
    public string Hash { get; set; } = "";

    /// <summary>Media type found by looking at the content.</summary>
    [Required, MaxLength(100)]
    public string MediaType { get; set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>Number of the present content, from 1; former ones stay as <see cref="AttachmentVersion"/>.</summary>
    public int Edition { get; private set; } = 1;

    public long? ScopeOwnerId { get; private set; }
    public long? ScopeTeamId { get; private set; }
    public long? ScopeRecordId => CustomerId;

    public override string Title => Name;
    public IEnumerable<string?> SearchTexts => [Name];
    public IEnumerable<MatchKey> MatchKeys => [];

    /// <summary>Puts other content in the place of the present one, which stays as a version.</summary>
    /// <exception cref="RuleException">It is the same content.</exception>
    public void Replace(string hash, string mediaType, long size)
    {
        Rule.Require(hash != Hash, "File.Same", "File");

        (Hash, MediaType, Size, Edition) = (hash, mediaType, size, Edition + 1);
    }

    public void ScopeTo(long? ownerId, long? teamId) => (ScopeOwnerId, ScopeTeamId) = (ownerId, teamId);
}
