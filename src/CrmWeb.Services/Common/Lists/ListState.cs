namespace CrmWeb.Services.Common;

/// <summary>The part of a list's address that a view keeps: conditions, order and columns.</summary>
public static class ListState
{
    /// <summary>Says that there are none, where leaving them out would mean those of the view.</summary>
    public static readonly KeyValuePair<string, string> Nothing = KeyValuePair.Create("f", "none");

    public static bool Holds(string key) => key is "f" or "sort" or "dir" or "cols" || ListQuery.IsFilter(key);

    /// <summary>Whether the list knows all that was kept: a field may be gone since, or closed to this user.</summary>
    public static bool IsReadable(RecordType type, string query)
    {
        try
        {
            Of(type, ListQuery.ReadQuery(query));
            return true;
        }
        catch (RuleException)
        {
            return false;
        }
    }

    /// <summary>The state out of an address, written so that the same state is the same text.</summary>
    /// <exception cref="RuleException">The list does not know a part of it.</exception>
    public static string Of(RecordType type, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var kept = pairs.Where(p => Holds(p.Key) && p.Key != Nothing.Key && p.Value.Length > 0).ToList();
        var query = ListQuery.Parse(type, kept);
        var filters = kept.Where(p => ListQuery.IsFilter(p.Key)).Distinct().OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal).ToList();
        if (query.SortKey is { } sort && (sort, query.Descending) != type.Order)
            filters.AddRange(query.Descending ? [new("sort", sort), new("dir", "desc")] : [new("sort", sort)]);
        if (!query.Columns.SequenceEqual(type.Columns) || query.Widths.Count > 0)
            filters.Add(new("cols", query.ColumnsText));
        return string.Join('&', filters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
    }
}
