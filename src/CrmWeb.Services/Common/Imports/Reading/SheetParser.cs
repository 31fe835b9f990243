using System.Globalization;
using System.Xml;

namespace CrmWeb.Services.Common;

/// <summary>
/// The rows of one sheet, as they come: however far out a cell says it is, only what is there costs anything. Formulas are not worked out; their last
/// results are read.
/// </summary>
internal sealed class SheetParser(Workbook book, XmlPart part, SharedTexts texts, SheetStyles styles, bool from1904) : ITableParser
{
    /// <summary>As far as a sheet goes.</summary>
    private const int LastRow = 1_048_576, LastColumn = 16_384;

    private readonly List<string> cells = [];
    private readonly List<CellKind> kinds = [];
    private bool isInside;

    public int Count { get; private set; }

    public int Line { get; private set; }

    public IReadOnlyList<CellKind>? Kinds => kinds;

    public Task<string[]?> ReadAsync(int maxCells)
    {
        try
        {
            return Task.FromResult(Read(maxCells));
        }
        catch (Exception damaged) when (damaged is XmlException or InvalidDataException)
        {
            throw new RuleException([new("Import.File.SheetDamaged", null, Line + 1)]);
        }
        catch (RuleException)
        {
            throw new RuleException([new("Import.File.SheetTooLarge", null, Line + 1)]);
        }
    }

    public Broken? Misquoted() => null;

    public void Dispose()
    {
        part.Dispose();
        book.Dispose();
    }

    private string[]? Read(int maxCells)
    {
        while (part.NextElement())
        {
            isInside |= part.Name == "sheetData";
            if (isInside && part.Name == "row")
                return Row(maxCells);
            if (isInside && part.Name != "sheetData")
                return null; // what stands behind the rows
        }
        return null;
    }

    private string[] Row(int maxCells)
    {
        part.Mark();
        Line = Number(part["r"]) is { } said ? (int)Require(said, Line, LastRow) : Line + 1;
        cells.Clear();
        kinds.Clear();
        Count = 0;
        var (depth, column, hasCells) = (part.Depth, 0, !part.IsEmpty);
        while (hasCells && part.NextElement(depth))
        {
            if (part.Name != "c")
                continue;
            column = part["r"] is { } reference ? (int)Require(ColumnOf(reference), column, LastColumn) : column + 1;
            Take(column, maxCells);
        }
        return [.. cells];
    }

    private void Take(int column, int maxCells)
    {
        var (text, kind) = Cell();
        if (text.Length == 0)
            return;
        Count = column;
        if (column > maxCells)
            return;
        while (cells.Count < column - 1)
        {
            cells.Add("");
            kinds.Add(CellKind.Text);
        }
        cells.Add(text);
        kinds.Add(kind);
    }

    private (string Text, CellKind Kind) Cell()
    {
        var (type, style, depth, isEmpty) = (part["t"], part["s"], part.Depth, part.IsEmpty);
        var (value, inline, isFormula) = ((string?)null, (string?)null, false);
        while (!isEmpty && part.NextElement(depth))
        {
            switch (part.Name)
            {
                case "v":
                    value = part.Text();
                    break;
                case "is":
                    inline = part.Text();
                    break;
                case "f":
                    isFormula = true;
                    break;
            }
        }
        if (value is null && inline is null)
            return isFormula ? ("=", CellKind.NotCalculated) : ("", CellKind.Text);
        return type switch
        {
            "inlineStr" => (inline ?? "", CellKind.Text),
            "str" => (value ?? "", CellKind.Text),
            "s" => (texts.Find((int)(Number(value) ?? -1)) ?? throw new InvalidDataException(), CellKind.Text),
            "b" => (value is "1" or "true" ? "true" : "false", CellKind.Value),
            "e" => value == "#N/A" ? ("", CellKind.Text) : (value ?? "", CellKind.Error),
            "d" => (value?.Replace('T', ' ') ?? "", CellKind.Value),
            _ when string.IsNullOrEmpty(value) => ("", CellKind.Text),
            _ => SheetValues.Read(value, styles.MeaningOf(style), from1904) is { } read ? (read, CellKind.Value) : (value, CellKind.Error),
        };
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>"AB12" → 28.</summary>
    private static long ColumnOf(string reference)
    {
        var (column, i) = (0L, 0);
        for (; i < reference.Length && i < 4 && char.IsAsciiLetter(reference[i]); i++)
            column = column * 26 + (char.ToUpperInvariant(reference[i]) - 'A' + 1);
        return i > 0 && i < reference.Length && char.IsAsciiDigit(reference[i]) ? column : 0;
    }

    /// <summary>Rows and cells come in their order and stay on the sheet.</summary>
    private static long Require(long place, int last, int most) => place > last && place <= most ? place : throw new InvalidDataException();
}
