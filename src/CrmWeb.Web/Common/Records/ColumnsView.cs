using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Records;

/// <summary>The columns of a list: those shown, in their order, then the others.</summary>
/// <param name="Widths">How wide they are wanted.</param>
/// <param name="Address">Address of the list with them.</param>
/// <param name="Moved">The one that was moved just now.</param>
public sealed record ColumnsView(RecordType Type, IReadOnlyList<(Field Field, bool IsShown)> Columns, IReadOnlyDictionary<string, ColumnWidth> Widths, IReadOnlyList<KeyValuePair<string, string>> Kept, string Address, string? Moved, bool MovedUp)
{
    public const string Column = "col", Move = "move", Width = "w.";

    /// <summary>Reads "col" for each column in its order, "w.city" for its width, and "move" with a key and up or down.</summary>
    public static ColumnsView Of(RecordType type, IQueryCollection asked, OpenList open)
    {
        var said = asked[Column].OfType<string>().Distinct(StringComparer.Ordinal).Where(k => type.Find(k)?.Has(FieldUse.List) == true).ToList();
        var shown = said.Count > 0 ? said : [.. open.Query.Columns];
        var (moved, up) = asked[Move].ToString().Split('.') is [var key, "up" or "down"] parts && shown.Contains(key) ? (key, parts[1] == "up") : (null, false);
        if (moved is not null)
        {
            var at = shown.IndexOf(moved);
            shown.RemoveAt(at);
            shown.Insert(Math.Clamp(at + (up ? -1 : 1), 0, shown.Count), moved);
        }
        var address = new ListAddress(open.Pairs);
        var widths = said.Count == 0 ? open.Query.Widths : shown.Select(k => (Key: k, Width: Enum.TryParse<ColumnWidth>(asked[Width + k], ignoreCase: true, out var width) && Enum.IsDefined(width) ? width : (ColumnWidth?)null))
            .Where(w => w.Width is not null).ToDictionary(w => w.Key, w => w.Width!.Value);
        return new(
            type, [.. shown.Select(k => (type.Find(k)!, true)), .. type.With(FieldUse.List).Where(f => !shown.Contains(f.Key)).Select(f => (f, false))],
            widths, [.. address.Kept("cols")], $"/{type.Path}{address.With(("cols", (open.Query with { Columns = shown, Widths = widths }).ColumnsText))}", moved, up);
    }
}
