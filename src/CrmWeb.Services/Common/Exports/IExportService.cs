namespace CrmWeb.Services.Common;

/// <summary>Lists as files to take along: the very query of the list, cut to what the user may export.</summary>
public interface IExportService
{
    /// <summary>Checks that the list may leave, notes in the audit that it does, and offers it for writing.</summary>
    /// <exception cref="AccessDeniedException">The user may export no record of the type.</exception>
    /// <exception cref="RuleException">There are more than <see cref="ListExport.MostRows"/> rows, or none of the columns may be exported.</exception>
    Task<ListExport> OpenAsync(RecordType type, ListQuery query, ExportFormat format, ExportColumns columns, CancellationToken ct);
}

/// <summary>How an export is written.</summary>
public enum ExportFormat { Csv, Xlsx }

/// <summary>Which fields an export holds: those the list shows, or all there are.</summary>
public enum ExportColumns { Shown, All }

/// <summary>A list on its way into a file.</summary>
/// <param name="Rows">As many as there were when it was noted in the audit.</param>
/// <param name="WriteAsync">Writes the file row by row; memory does not grow with it.</param>
public sealed record ListExport(string FileName, string ContentType, int Rows, Func<Stream, CancellationToken, Task> WriteAsync)
{
    /// <summary>A file that is made while someone waits for it holds no more.</summary>
    public const int MostRows = 200_000;
}

/// <summary>Reads the rows of a list which the user may both see and export.</summary>
public interface IExportRows
{
    /// <summary>How many there are; counts no further than one more than the most.</summary>
    Task<int> CountAsync(RecordType type, ListQuery query, int most, CancellationToken ct);

    /// <summary>All rows in the list's order, some at a time: one value per field, the name where a field leads to another record.</summary>
    IAsyncEnumerable<IReadOnlyList<object?[]>> ReadAsync(RecordType type, ListQuery query, IReadOnlyList<Field> fields, CancellationToken ct);
}
