using CrmWeb.Services.Automation;

namespace CrmWeb.Services.Common;

/// <summary>Brings a file of records in: look, match columns, check the whole file, run, read the result. The wizard and the command line use it alike.</summary>
public interface IImportService
{
    /// <summary>Keeps the file and suggests how it is read and where its columns go: where those of the user's last file with the same heads went, otherwise by their names.</summary>
    /// <param name="type">Name of the record type.</param>
    /// <returns>Id of the run.</returns>
    /// <exception cref="RuleException">The file is empty, too large or no table.</exception>
    Task<long> StartAsync(string type, string fileName, Stream content, CancellationToken ct);

    /// <summary>Everything the wizard shows of a run.</summary>
    Task<ImportView> ShowAsync(long id, CancellationToken ct);

    /// <summary>The first rows of the file, as it is read now.</summary>
    /// <exception cref="RuleException">The file is not in the store any more.</exception>
    Task<ImportSample> SampleAsync(long id, CancellationToken ct);

    /// <summary>Other encoding, delimiter, head or sheet: the file is read anew. A column that is called as before goes where it went; the others are suggested.</summary>
    /// <param name="matched">Where the columns go until now, as far as that is not saved yet.</param>
    Task SetFormatAsync(long id, TableFormat format, IReadOnlyList<ColumnMap>? matched, CancellationToken ct);

    /// <summary>Matches the columns by their names alone, whatever was done with an earlier file.</summary>
    Task SuggestAsync(long id, CancellationToken ct);

    /// <summary>An empty file with the heads of all fields that can be brought in, in the user's language.</summary>
    /// <exception cref="RecordNotFoundException">There is no such type.</exception>
    ListExport Template(string type, ExportFormat format);

    /// <summary>Where the columns go and what happens to records that are here already.</summary>
    /// <exception cref="RuleException">Two columns go to one field, or a field that must be filled has no column.</exception>
    Task MatchAsync(long id, ImportMatch match, CancellationToken ct);

    /// <summary>What words of the file mean; the dry run must be done again afterwards.</summary>
    /// <exception cref="RuleException">A field knows no such value.</exception>
    Task MapValuesAsync(long id, IReadOnlyList<ValueChoice> choices, CancellationToken ct);

    /// <summary>Begins the dry run in the background.</summary>
    Task CheckAsync(long id, CancellationToken ct);

    /// <summary>Begins to write in the background, only after a dry run; one that failed goes on behind its last rows.</summary>
    Task RunAsync(long id, CancellationToken ct);

    /// <summary>Checks or runs to the end before it returns: for the command line.</summary>
    /// <param name="report">Called with the number of rows done.</param>
    Task<ImportProgress> RunNowAsync(long id, bool dryRun, Action<int> report, CancellationToken ct);

    /// <summary>Stops; what is in stays in.</summary>
    Task StopAsync(long id, CancellationToken ct);

    /// <summary>Rows that were rejected, in the order of the file.</summary>
    Task<IReadOnlyList<RejectedRow>> RejectedAsync(long id, int afterLine, int most, CancellationToken ct);

    /// <summary>The same with their cells, to be put right.</summary>
    Task<IReadOnlyList<RejectedRow>> ToFixAsync(long id, int afterLine, int most, CancellationToken ct);

    /// <summary>Keeps rejected rows as the user put them right: the next dry run, or the run itself, reads them in place of those in the file.</summary>
    /// <exception cref="RuleException">It is at work, or there are too many.</exception>
    Task FixAsync(long id, IReadOnlyList<RowFix> rows, CancellationToken ct);

    /// <summary>The rejected rows as a file of the same columns, with line and reason behind: put right, it can be imported again. Where it was stopped, the rows behind come along.</summary>
    Task WriteRejectedAsync(long id, TextWriter output, CancellationToken ct);

    /// <summary>The user's own runs, newest first.</summary>
    Task<IReadOnlyList<ImportSummary>> RecentAsync(CancellationToken ct);
}

/// <param name="Columns">One for each column of the file.</param>
/// <param name="Fixed">Values for fields without a column.</param>
public sealed record ImportMatch(IReadOnlyList<ColumnMap> Columns, IReadOnlyList<FixedValue> Fixed, DuplicatePolicy OnMatch)
{
    /// <summary>By which values records are recognised; null takes all that the type knows.</summary>
    public IReadOnlyCollection<MatchKind>? MatchBy { get; init; }
}

/// <summary>What a word of a column means.</summary>
/// <param name="To">As <see cref="FieldText"/> writes it; empty leaves the field empty, null rejects the row.</param>
public sealed record ValueChoice(int Column, string Text, string? To);

public sealed record ImportSummary(long Id, string RecordType, string FileName, ImportState State, DateTime CreatedAt, ImportProgress Progress);

/// <param name="Total">Rows of the file, once a dry run has counted them.</param>
/// <param name="HasFile">Whether the file is still in the store; without it nothing can be gone on with.</param>
/// <param name="Failure">Why it failed; null unless it did.</param>
/// <param name="CanGoOn">It failed with rows on their way in, and goes on behind them.</param>
public sealed record ImportView(
    long Id, RecordType Type, string FileName, ImportState State, TableFormat Format, IReadOnlyList<ColumnMap> Columns, IReadOnlyList<FixedValue> Fixed, DuplicatePolicy OnMatch, IReadOnlyList<MatchKind> MatchBy,
    ImportProgress Progress, int? Total, bool HasFile, WorkFailure? Failure, bool CanGoOn)
{
    /// <summary>The run that took it back last; null when nobody did.</summary>
    public long? UndoRunId { get; init; }

    /// <summary>Words that the dry run did not understand.</summary>
    public IReadOnlyList<UnknownValue> Unknown { get; init; } = [];

    public bool IsAtWork => State is ImportState.Checking or ImportState.Running;
}

/// <param name="Rows">The first rows of the file.</param>
/// <param name="Sheets">Sheets of a workbook to choose from; none for a table of text.</param>
/// <param name="MatchedAs">The earlier import whose columns were taken over; null when they were suggested.</param>
public sealed record ImportSample(IReadOnlyList<string[]> Rows, IReadOnlyList<string> Sheets, MatchedAs? MatchedAs);

/// <param name="At">UTC.</param>
public sealed record MatchedAs(long Id, string FileName, DateTime At);

/// <param name="Reasons">Resource key, head of the column it is about, values.</param>
public sealed record RejectedRow(int Line, IReadOnlyList<RowReason> Reasons)
{
    /// <summary>As many as the file has columns; none where they were not asked for, or cannot be read.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];
}

/// <param name="Cells">New cells by their column, from 0; the others stay.</param>
public sealed record RowFix(int Line, IReadOnlyDictionary<int, string> Cells);

/// <summary>Why a row was rejected, as it is stored.</summary>
public sealed record RowReason(string Text, string? Column, string[] Values)
{
    public static RowReason Of(Broken broken, string? column) => new(broken.Text, column, [.. broken.Values.Select(v => v as string ?? FieldText.Write(v) ?? "")]);
}
