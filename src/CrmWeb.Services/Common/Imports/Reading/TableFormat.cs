namespace CrmWeb.Services.Common;

/// <summary>How a table of text is written: found by <see cref="TableSample"/>, changed by the user where it guessed wrong.</summary>
/// <param name="Encoding">One of <see cref="TableEncodings.All"/>.</param>
/// <param name="HasHeader">Whether the first record names the columns.</param>
/// <param name="SkipRecords">Records before the header: the line "sep=;" of a spreadsheet, notes of the program that wrote the file. Blank lines do not count.</param>
/// <param name="EmptyWord">What stands for an empty cell, such as NULL; null when empty cells are empty.</param>
/// <param name="IsOwnExport">The file was written by this product: apostrophes that disarm formulas are taken off again.</param>
public sealed record TableFormat(
    string Encoding, char Delimiter, bool HasHeader, int SkipRecords = 0, char Quote = '"', string? EmptyWord = null, bool IsOwnExport = false)
{
    /// <summary>Name of the sheet of a workbook; null for a table of text.</summary>
    public string? Sheet { get; init; }
}

/// <summary>One row of a table.</summary>
/// <param name="Line">Where it begins in the file, counted from 1.</param>
/// <param name="Cells">As many as there are columns when there is no problem.</param>
/// <param name="Problem">Why the row cannot be taken; null when it can.</param>
/// <param name="Warning">What was repaired in a row that can be taken.</param>
public sealed record TableRow(int Line, string[] Cells, Broken? Problem = null, Broken? Warning = null)
{
    /// <summary>What the cells are; null where all are text.</summary>
    public IReadOnlyList<CellKind>? Kinds { get; init; }

    public CellKind KindOf(int column) => column < Kinds?.Count ? Kinds[column] : CellKind.Text;
}

/// <summary>What a cell of a sheet is. Of a value the text is the same in every language.</summary>
public enum CellKind { Text, Value, Error, NotCalculated }
