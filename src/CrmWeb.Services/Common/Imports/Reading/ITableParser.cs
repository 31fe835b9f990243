namespace CrmWeb.Services.Common;

/// <summary>Takes the records of a table one after the other.</summary>
internal interface ITableParser : IDisposable
{
    /// <summary>Cells of the current record, those beyond what was kept included.</summary>
    int Count { get; }

    /// <summary>Where the current record begins, counted from 1.</summary>
    int Line { get; }

    /// <summary>What the cells of the current record are; null where all are text.</summary>
    IReadOnlyList<CellKind>? Kinds { get; }

    /// <summary>The cells of the next record; null at the end.</summary>
    /// <param name="maxCells">Cells beyond are counted, not kept.</param>
    Task<string[]?> ReadAsync(int maxCells);

    /// <summary>What is wrong with the quotes of the current record; null when nothing is.</summary>
    Broken? Misquoted();
}
