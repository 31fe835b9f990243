namespace CrmWeb.Services.Common;

/// <summary>Finds records by the values that identify them, many at once.</summary>
public interface IRecordMatcher
{
    /// <summary>The record behind each key, as far as the user may see it; a key that stands for several gives the oldest.</summary>
    Task<IReadOnlyDictionary<MatchKey, long>> FindAsync(string type, IReadOnlyCollection<MatchKey> keys, CancellationToken ct);

    /// <summary>Active colleagues by folded name or e-mail address.</summary>
    Task<IReadOnlyDictionary<string, long>> ColleaguesAsync(CancellationToken ct);

    /// <summary>Tags of the newest records that the user may see, the most frequent first; none where records of the type carry none.</summary>
    Task<IReadOnlyList<string>> TagsAsync(string type, CancellationToken ct);
}
