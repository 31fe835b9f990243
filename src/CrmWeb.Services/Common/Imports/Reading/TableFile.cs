using System.Runtime.CompilerServices;

namespace CrmWeb.Services.Common;

/// <summary>
/// A table of text (CSV, TSV) or a sheet of a workbook (XLSX), read row by row with the same small memory however long it is. Whatever is wrong with a
/// row is said beside it; cells are kept as they are written, invisible characters included.
/// </summary>
public sealed class TableFile : IAsyncDisposable
{
    public const int MaxColumns = 200, MaxCellLength = 32_000;

    private readonly Stream stream;
    private readonly ITableParser parser;
    private readonly TableFormat format;
    private TableRow? firstRow;

    private TableFile(Stream stream, TableFormat format)
    {
        (this.stream, this.format) = (stream, format);
        parser = format.Sheet is { } sheet ? Workbook.Open(stream).Read(sheet) : new TableParser(stream, format.Encoding, format.Delimiter, format.Quote);
    }

    /// <summary>Names of the columns, trimmed; a name met again gets its number ("Email (2)"); blank when the file gives none.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Rows without any text, passed over so far.</summary>
    public int BlankRows { get; private set; }

    /// <inheritdoc cref="TableSample.DetectAsync(Stream, CancellationToken)"/>
    public static Task<TableFormat> DetectAsync(Stream stream, CancellationToken ct) => TableSample.DetectAsync(stream, ct);

    /// <summary>Names of the sheets of a workbook; the stream ends with it.</summary>
    internal static IReadOnlyList<string> Sheets(Stream stream)
    {
        using (stream)
        using (var book = Workbook.Open(stream))
            return book.Sheets;
    }

    /// <summary>How another sheet of the workbook is written; the stream ends with it.</summary>
    internal static async Task<TableFormat> DetectSheetAsync(Stream stream, string sheet)
    {
        await using (stream)
            return await TableSample.DetectSheetAsync(stream, sheet);
    }

    /// <summary>Opens a table at the start of the stream, which it disposes of.</summary>
    /// <exception cref="RuleException">The file is empty or has too many columns.</exception>
    public static async Task<TableFile> OpenAsync(Stream stream, TableFormat format, CancellationToken ct)
    {
        TableFile? file = null;
        try
        {
            file = new TableFile(stream, format);
            await file.ReadHeaderAsync(ct);
            return file;
        }
        catch
        {
            await (file?.DisposeAsync() ?? stream.DisposeAsync());
            throw;
        }
    }

    /// <summary>All rows in order, once. A row without an end in sight is the last one: nothing after it can be read.</summary>
    public async IAsyncEnumerable<TableRow> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (firstRow is { } first)
            yield return first;
        firstRow = null;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var (cells, endless) = await NextAsync();
            if (endless is not null)
                yield return endless;
            if (cells is null)
                yield break;
            if (parser.Count <= MaxColumns && Array.TrueForAll(cells, string.IsNullOrWhiteSpace))
                BlankRows++;
            else
                yield return Checked(cells);
        }
    }

    public async ValueTask DisposeAsync()
    {
        parser.Dispose();
        await stream.DisposeAsync();
    }

    private async Task<(string[]? Cells, TableRow? Endless)> NextAsync()
    {
        try
        {
            return (await parser.ReadAsync(MaxColumns + 1), null);
        }
        catch (RuleException refused)
        {
            return (null, new((int)refused.Broken[0].Values[0], [], refused.Broken[0]));
        }
    }

    private async Task ReadHeaderAsync(CancellationToken ct)
    {
        string[]? cells;
        var toSkip = format.SkipRecords;
        do
        {
            ct.ThrowIfCancellationRequested();
            cells = await parser.ReadAsync(MaxColumns + 1);
        }
        while (cells is not null && (Array.TrueForAll(cells, string.IsNullOrWhiteSpace) || toSkip-- > 0));
        Rule.Require(cells is not null, "Import.File.Empty");
        Rule.Require(parser.Count <= MaxColumns, "Import.File.TooManyColumns", values: [parser.Count, MaxColumns]);
        if (parser.Misquoted() is { } broken)
            throw new RuleException([broken]);
        Columns = format.HasHeader ? Named(cells) : [.. cells.Select(_ => "")];
        firstRow = format.HasHeader ? null : Checked(cells);
    }

    private static List<string> Named(string[] cells)
    {
        var (names, met) = (new List<string>(), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));
        foreach (var name in cells.Select(cell => CellText.Clean(cell.Replace("\0", "", StringComparison.Ordinal))))
        {
            var times = met[name] = met.GetValueOrDefault(name) + 1;
            names.Add(times == 1 || name.Length == 0 ? name : $"{name} ({times})");
        }
        return names;
    }

    private TableRow Checked(string[] cells)
    {
        var (problem, warning) = (parser.Misquoted(), default(Broken));
        if (cells.Length < Columns.Count && parser.Count <= Columns.Count && format.Sheet is not null)
            cells = [.. cells, .. Enumerable.Repeat("", Columns.Count - cells.Length)]; // a sheet does not hold its empty cells
        if (cells.Length > Columns.Count && parser.Count <= MaxColumns && Array.TrueForAll(cells[Columns.Count..], string.IsNullOrWhiteSpace))
            cells = cells[..Columns.Count]; // a delimiter too many at the end
        else if (cells.Length != Columns.Count || parser.Count > MaxColumns)
            problem ??= new("Import.File.OtherColumnCount", null, parser.Line, parser.Count, Columns.Count);
        for (var i = 0; i < cells.Length; i++)
            cells[i] = Checked(cells[i], i, ref problem, ref warning);
        return new(parser.Line, cells, problem, warning) { Kinds = parser.Kinds is { } kinds ? [.. kinds] : null };
    }

    private string Checked(string cell, int column, ref Broken? problem, ref Broken? warning)
    {
        if (cell.Length > MaxCellLength)
        {
            problem ??= new("Import.File.CellTooLong", null, column + 1, cell.Length, MaxCellLength);
            cell = cell[..(char.IsHighSurrogate(cell[MaxCellLength - 1]) ? MaxCellLength - 1 : MaxCellLength)];
        }
        if (cell.AsSpan().ContainsAny('\0', TableEncodings.BadBytes))
        {
            if (cell.Contains(TableEncodings.BadBytes, StringComparison.Ordinal))
                problem ??= new("Import.File.WrongEncoding", null, column + 1, format.Encoding);
            else
                warning ??= new("Import.File.NulRemoved", null, column + 1);
            cell = cell.Replace("\0", "", StringComparison.Ordinal).Replace(TableEncodings.BadBytes, '\uFFFD');
        }
        return string.Equals(cell, format.EmptyWord, StringComparison.Ordinal) ? "" : format is { IsOwnExport: true, Sheet: null } ? CsvText.Original(cell) : cell;
    }
}
