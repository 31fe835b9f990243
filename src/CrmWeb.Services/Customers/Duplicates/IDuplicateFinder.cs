namespace CrmWeb.Services.Customers;

/// <summary>Looks for records that may be the same as one that is being written: the same check wherever a customer or contact is born.</summary>
public interface IDuplicateFinder
{
    /// <summary>At most three records, the surest first. One the user may not see is said only by its team, for the very same tax number, e-mail or phone, and 20 an hour.</summary>
    /// <param name="values">What has been typed so far.</param>
    /// <param name="exceptId">The record being edited.</param>
    Task<IReadOnlyList<Duplicate>> FindAsync(RecordType type, FieldValues values, long? exceptId, CancellationToken ct);
}

/// <summary>A record that may be the same.</summary>
/// <param name="Reason">What is the same; by name it may only be alike.</param>
/// <param name="Percent">How alike the names are.</param>
public sealed record Duplicate(long Id, string Title, string? Owner, MatchKind Reason, int Percent)
{
    /// <summary>There is one that the user may not see: it has no id and no title here.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whose the hidden one is; null when it is nobody's.</summary>
    public string? Team { get; init; }
}
