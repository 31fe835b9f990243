using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Records;

/// <summary>Giving a record to somebody else.</summary>
public sealed class OwnerForm
{
    public Guid Version { get; set; }

    /// <summary>Null for nobody.</summary>
    public long? OwnerId { get; set; }

    // What the page shows around it; never taken from the request.
    internal RecordType? Type { get; set; }
    internal long Id { get; set; }
    internal string? Title { get; set; }
    internal string? Owner { get; set; }
}
