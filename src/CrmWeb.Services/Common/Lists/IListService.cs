namespace CrmWeb.Services.Common;

/// <summary>Lists of every record type, from the catalogue.</summary>
public interface IListService
{
    /// <summary>One page of the records the user may see.</summary>
    /// <exception cref="RuleException">A value of a filter or a place in the order cannot be read.</exception>
    Task<ListPage> ReadAsync(RecordType type, ListQuery query, CancellationToken ct);

    /// <summary>Count and sums over all matches the user may see; the count stops at <see cref="ListTotals.MostCounted"/>.</summary>
    Task<ListTotals> TotalsAsync(RecordType type, ListQuery query, CancellationToken ct);

    /// <summary>The count alone, as it was within the last minute, whatever was saved since: for numbers beside what is shown.</summary>
    Task<int> CountAsync(RecordType type, ListQuery query, CancellationToken ct);

    /// <summary>The count where it is known already, without asking the database; null where it is not.</summary>
    /// <param name="orBefore">Takes one of <see cref="CountAsync"/> too.</param>
    Task<int?> KnownCountAsync(RecordType type, ListQuery query, bool orBefore = false);
}

/// <summary>A page of a list.</summary>
/// <param name="Before">Place of the first row, when there are rows before it.</param>
/// <param name="After">Place of the last row, when there are rows after it.</param>
public sealed record ListPage(IReadOnlyList<Field> Columns, IReadOnlyList<ListRow> Rows, string? Before, string? After, Field Sort, bool Descending);

/// <summary>A row: one cell per column, in their order.</summary>
public sealed record ListRow(long Id, Guid Version, IReadOnlyList<ListCell> Cells);

/// <summary>What a cell shows: the value, and what its field adds to it.</summary>
public readonly record struct ListCell(object? Value, IReadOnlyList<object?> Extras);

/// <summary>Numbers over all matches.</summary>
/// <param name="Count">Exact up to <see cref="MostCounted"/>; one more means "more than".</param>
/// <param name="Sums">By field and currency.</param>
public sealed record ListTotals(int Count, IReadOnlyList<ListSum> Sums)
{
    public const int MostCounted = 10_000;
}

public sealed record ListSum(Field Field, string? Currency, decimal Sum);
