namespace CrmWeb.Services.Customers;

/// <summary>Looks for records that may be the same as one that is being written: the same check wherever a customer or contact is born.</summary>
public interface IDuplicateFinder
{
    /// <summary>At most three records the user may see, the surest first.</summary>
    /// <param name="values">What has been typed so far.</param>
    /// <param name="exceptId">The record being edited.</param>
    Task<IReadOnlyList<Duplicate>> FindAsync(RecordType type, FieldValues values, long? exceptId, CancellationToken ct);
}

/// <summary>A record that may be the same.</summary>
/// <param name="Reason">What is the same; by name it may only be alike.</param>
/// <param name="Percent">How alike the names are.</param>
public sealed record Duplicate(long Id, string Title, string? Owner, MatchKind Reason, int Percent);
