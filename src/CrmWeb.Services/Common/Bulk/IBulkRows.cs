namespace CrmWeb.Services.Common;

/// <summary>Reads chosen rows, some at a time: however many there are, no request holds them all.</summary>
public interface IBulkRows
{
    /// <summary>How many of the chosen records the user sees, and with how many of them he may do this; counts no further than one more than <see cref="BulkRun.MostRecords"/>.</summary>
    Task<BulkCount> CountAsync(RecordType type, Chosen chosen, RecordAction action, CancellationToken ct);

    /// <summary>The first of them he may do this with, in the order of the list.</summary>
    Task<ListPage> SampleAsync(RecordType type, Chosen chosen, RecordAction action, int size, CancellationToken ct);

    /// <summary>The next ones behind an id. Those he may do this with are kept for the save.</summary>
    Task<BulkBatch<T>> NextAsync<T>(RecordType<T> type, Chosen chosen, RecordAction action, long after, int size, CancellationToken ct) where T : Record;

    /// <summary>Drops what was changed in a record: it is not saved.</summary>
    void Leave(Record record);
}

/// <summary>Which records something is done with.</summary>
/// <param name="Query">The list all of whose matches are meant, or whose order a sample has.</param>
/// <param name="IsAll">All that match but those with the ids; otherwise those with the ids.</param>
/// <param name="Ids">In rising order.</param>
/// <param name="Until">UTC; what came later was not chosen.</param>
public sealed record Chosen(ListQuery Query, bool IsAll, IReadOnlyList<long> Ids, DateTime Until);

/// <param name="Seen">Chosen records the user sees.</param>
/// <param name="Mine">Those of them he may do it with.</param>
public sealed record BulkCount(int Seen, int Mine);

/// <param name="Ids">All of the batch, in rising order; none at the end.</param>
/// <param name="Seen">Those the user sees.</param>
/// <param name="Mine">Those he may do it with.</param>
public sealed record BulkBatch<T>(IReadOnlyList<long> Ids, IReadOnlySet<long> Seen, IReadOnlyDictionary<long, T> Mine);
