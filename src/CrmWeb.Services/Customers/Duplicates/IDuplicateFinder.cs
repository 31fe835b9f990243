namespace CrmWeb.Services.Customers;

/// <summary>Looks for records that may be the same as one that is being written: the same check wherever a customer or contact is born.</summary>
public interface IDuplicateFinder
{
    /// <summary>At most three records, the surest first. One the user may not see is said only by its team, for the very same tax number, e-mail or phone, and 20 an hour.</summary>
    /// <param name="values">What has been typed so far; what it says to be different is left out.</param>
    /// <param name="exceptId">The record being edited.</param>
    Task<IReadOnlyList<Duplicate>> FindAsync(RecordType type, FieldValues values, long? exceptId, CancellationToken ct);

    /// <summary>Those of them that have a tax number or e-mail which the record is about to get; to be told apart by a reason.</summary>
    /// <param name="draft">A copy of the record as it is to be saved.</param>
    Task<IReadOnlyList<Duplicate>> SureAsync<T>(T draft, CancellationToken ct) where T : Record;
}

/// <summary>A record that may be the same.</summary>
/// <param name="Reason">What is the same; by name it may only be alike.</param>
/// <param name="Percent">How alike the names are.</param>
public sealed record Duplicate(long Id, string Title, string? Owner, MatchKind Reason, int Percent)
{
    /// <summary>It has the very tax number or e-mail: saving needs a reason.</summary>
    public bool IsSure { get; init; }

    /// <summary>There is one that the user may not see: it has no id and no title here.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whose the hidden one is; null when it is nobody's.</summary>
    public string? Team { get; init; }
}

/// <summary>Remembers which records are not the same.</summary>
public interface IDifferentPairs
{
    /// <summary>Keeps for the same save that the record is none of the others; what the user may not see is passed over.</summary>
    Task KeepAsync<T>(long id, IEnumerable<long> others, CancellationToken ct) where T : Record;
}
