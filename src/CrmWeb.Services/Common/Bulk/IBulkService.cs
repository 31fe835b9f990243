namespace CrmWeb.Services.Common;

/// <summary>Does one thing with many chosen records: a few at once, many in the background. A record whose rules forbid it is left, with the reason.</summary>
public interface IBulkService
{
    /// <summary>What it would be done with.</summary>
    /// <exception cref="AccessDeniedException">The user may do it with no record of the type.</exception>
    Task<BulkPreview> PreviewAsync(RecordType type, OpenList list, BulkAction action, CancellationToken ct);

    /// <summary>Does it, or has it done in the background when there are more than <see cref="BulkResult.MostAtOnce"/>.</summary>
    /// <param name="shown">Version of the selection that was shown.</param>
    /// <exception cref="RuleException">Nothing to do, or nothing to do it with; each beside its property.</exception>
    Task<BulkResult> RunAsync(RecordType type, OpenList list, BulkOrder input, Guid shown, CancellationToken ct);
}

/// <summary>What is to be done.</summary>
/// <param name="Values">Values by field key; an empty one empties the field.</param>
/// <param name="PersonId">Who gets the records.</param>
public sealed record BulkOrder(BulkAction Action, FieldValues Values, long? PersonId = null)
{
    public IReadOnlyList<string> AddTags { get; init; } = [];
    public IReadOnlyList<string> RemoveTags { get; init; } = [];
}

/// <param name="Selection">What is chosen.</param>
/// <param name="Sample">A few rows of it.</param>
public sealed record BulkPreview(BulkAction Action, Selection Selection, BulkCount Count, ListPage Sample)
{
    public const int SampleRows = 5;

    public int Left => Count.Seen - Count.Mine;
}

/// <param name="Id">Of the run.</param>
/// <param name="IsDone">False while it is done in the background.</param>
public sealed record BulkResult(long Id, bool IsDone)
{
    /// <summary>More are done in the background.</summary>
    public const int MostAtOnce = 200;
}
