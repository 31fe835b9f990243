namespace CrmWeb.Services.Common;

/// <summary>Finds records by any fragment of what they are called, in any script, and by exact numbers, addresses and phones; only what the user may see.</summary>
public interface ISearchService
{
    /// <summary>The best hits of each record type, at most <paramref name="perType"/> of each.</summary>
    Task<IReadOnlyList<SearchHit>> FindAsync(string text, int perType, CancellationToken ct);

    /// <summary>The best hits of one record type.</summary>
    Task<IReadOnlyList<SearchHit>> FindAsync(RecordType type, string text, int most, CancellationToken ct);

    /// <summary>The first records of a type in the order of their titles: what a choice offers before anything is typed.</summary>
    Task<IReadOnlyList<SearchHit>> FirstAsync(RecordType type, int most, CancellationToken ct);

    /// <summary>Titles of records by id; those the user may not see are absent.</summary>
    /// <param name="type">Name of the record type.</param>
    Task<IReadOnlyDictionary<long, string>> TitlesAsync(string type, IReadOnlyList<long> ids, CancellationToken ct);
}

/// <summary>A record that was found.</summary>
/// <param name="Extras">What the type's title shows besides: place, job title, kind.</param>
public sealed record SearchHit(RecordType Type, long Id, string Title, IReadOnlyList<object?> Extras);
