using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace CrmWeb.Services.Common;

/// <summary>Splits a text into records and keeps account of lines and of quotes out of place.</summary>
internal sealed class TableParser : ITableParser
{
    /// <summary>Room for 200 cells of 5,000 characters, or one of a megabyte: what is longer is a broken quote.</summary>
    public const int MaxRowLength = 1_000_000;
    private const int BufferSize = 1 << 15;

    private readonly BoundedReader reader;
    private readonly CsvParser parser;
    private string? misquoted;

    public TableParser(Stream stream, string encoding, char delimiter, char quote)
    {
        var text = new StreamReader(stream, TableEncodings.Get(encoding), detectEncodingFromByteOrderMarks: false, BufferSize, leaveOpen: true);
        reader = new BoundedReader(text, MaxRowLength + BufferSize);
        parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            Quote = quote,
            Escape = quote,
            HasHeaderRecord = false,
            IgnoreBlankLines = false, // a million of them would look like a row without end
            BufferSize = BufferSize,
            BadDataFound = bad => misquoted ??= bad.Field.StartsWith(quote) ? bad.Field : null, // a quote inside a plain cell (6'2") is text
        });
    }

    public int Count => parser.Count;

    public int Line { get; private set; }

    public IReadOnlyList<CellKind>? Kinds => null;

    public async Task<string[]?> ReadAsync(int maxCells)
    {
        misquoted = null;
        if (!await parser.ReadAsync())
            return null;
        var cells = new string[Math.Min(parser.Count, maxCells)];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = parser[i];
        Line = parser.RawRow - cells.Sum(LineBreaks);
        reader.NextRow(parser.RawRow + 1);
        return cells;
    }

    public Broken? Misquoted() => misquoted switch
    {
        null => null,
        var cell when cell.Count(c => c == parser.Configuration.Quote) % 2 == 1 => new("Import.File.QuoteNotClosed", null, Line),
        _ => new("Import.File.TextAfterQuote", null, Line),
    };

    public void Dispose() => parser.Dispose();

    private static int LineBreaks(string cell)
    {
        if (!cell.AsSpan().ContainsAny('\r', '\n'))
            return 0;
        return cell.Count(c => c is '\r' or '\n') - cell.AsSpan().Count("\r\n");
    }
}
