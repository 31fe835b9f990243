using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Imports;

/// <summary>Cells of rejected rows, as the page sends them.</summary>
public sealed class FixForm
{
    /// <summary>By "line:column".</summary>
    public IDictionary<string, string?> Cell { get; set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public static string Key(int line, int column) => string.Create(CultureInfo.InvariantCulture, $"{line}:{column}");

    public IReadOnlyList<RowFix> ToFixes() =>
    [
        .. Cell.Select(c => (Place: Place(c.Key), Text: c.Value ?? "")).Where(c => c.Place is not null).GroupBy(c => c.Place!.Value.Line)
            .Select(row => new RowFix(row.Key, row.ToDictionary(c => c.Place!.Value.Column, c => c.Text))),
    ];

    private static (int Line, int Column)? Place(string key) => key.Split(':') is [var line, var column]
        && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? (row, place) : null;
}
