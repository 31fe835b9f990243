using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>What a list is asked for, as the query string says it.</summary>
/// <param name="Text">Quick search.</param>
/// <param name="SortKey">Null takes the type's own order, or newest first when there is a text.</param>
/// <param name="After">Opaque place in the order; rows after it.</param>
/// <param name="Before">Rows before it.</param>
public sealed record ListQuery(
    string? Text, IReadOnlyList<ListFilter> Filters, string? SortKey, bool Descending, string? After, string? Before, int Size, IReadOnlyList<string> Columns)
{
    public const int MostConditions = 50, MostRows = 200, DefaultRows = 50;

    /// <summary>How wide columns are wanted, where that is not left to what they hold.</summary>
    public IReadOnlyDictionary<string, ColumnWidth> Widths { get; init; } = new Dictionary<string, ColumnWidth>();

    /// <summary>The columns in their order as an address says them: "name,city~narrow".</summary>
    public string ColumnsText => string.Join(',', Columns.Select(c => Widths.TryGetValue(c, out var width) ? $"{c}~{width.ToString().ToLowerInvariant()}" : c));

    /// <summary>The conditions alone, written so that the same ones are the same text; <see cref="ReadQuery"/> reads it.</summary>
    public string Conditions => string.Join('&', Filters.Select(f => (Key: f.Name, f.Value)).Concat(string.IsNullOrWhiteSpace(Text) ? [] : [("q", Text)]).Distinct()
        .OrderBy(c => c.Key, StringComparer.Ordinal).ThenBy(c => c.Value, StringComparer.Ordinal).Select(c => $"{Uri.EscapeDataString(c.Key)}={Uri.EscapeDataString(c.Value)}"));

    /// <summary>Reads the query string; names are looked up in the catalogue, so that nothing unknown goes further.</summary>
    /// <exception cref="RuleException">An unknown field, operator or value, or too many of them.</exception>
    public static ListQuery Parse(RecordType type, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var all = pairs.Where(p => p.Value.Length > 0).ToList();
        var filters = all.Where(p => IsFilter(p.Key)).Select(p => ListFilter.Parse(type, p.Key, p.Value)).ToList();
        Rule.Require(filters.Count <= MostConditions, "Error.List.TooMany", values: MostConditions);
        var sort = Single(all, "sort");
        Rule.Require(sort is null || type.Find(sort)?.Has(FieldUse.Sort) == true, "Error.List.Sort", values: sort ?? "");
        var size = Single(all, "size") is { } asked ? int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0 : DefaultRows;
        Rule.Require(size is > 0 and <= MostRows, "Error.List.Size", values: MostRows);
        var asColumns = (Single(all, "cols")?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [.. type.Columns]).Select(c => c.Split('~', 2)).Where(c => !type.HidesKey(c[0])).ToList(); // a view may be shared with people to whom a column is closed
        var columns = asColumns.ConvertAll(c => c[0]);
        var widths = asColumns.Where(c => c.Length == 2).DistinctBy(c => c[0]).ToDictionary(c => c[0], c => Enum.TryParse<ColumnWidth>(c[1], ignoreCase: true, out var width) && Enum.IsDefined(width) ? width : (ColumnWidth?)null);
        Rule.Require(columns.TrueForAll(c => type.Find(c)?.Has(FieldUse.List) == true) && columns.Count is > 0 and <= 30 && widths.Values.All(w => w is not null), "Error.List.Column");
        var text = Single(all, "q");
        Rule.Require(text is null || text.Length <= 200, "Error.TooLong", values: 200);

        return new(text, filters, sort, Single(all, "dir") == "desc", Single(all, "after"), Single(all, "before"), size, columns) { Widths = widths.ToDictionary(w => w.Key, w => w.Value!.Value) };
    }

    /// <summary>Splits "a=1&amp;b=2".</summary>
    public static IEnumerable<KeyValuePair<string, string>> ReadQuery(string query) => query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2))
        .Select(part => KeyValuePair.Create(Uri.UnescapeDataString(part[0]), part.Length == 2 ? Uri.UnescapeDataString(part[1]) : ""));

    /// <summary>Whether a key of an address names a condition.</summary>
    public static bool IsFilter(string key) => key.StartsWith("f.", StringComparison.Ordinal) || (key.Length > 1 && key[0] == 'g' && char.IsAsciiDigit(key[1]) && key.Contains('.', StringComparison.Ordinal));

    private static string? Single(List<KeyValuePair<string, string>> pairs, string key) => pairs.Find(p => string.Equals(p.Key, key, StringComparison.Ordinal)).Value;
}

/// <summary>How wide a column of a list is; what does not fit is cut off.</summary>
public enum ColumnWidth { Narrow, Normal, Wide }

/// <summary>One condition. Conditions on the same field and operator mean any of them; different ones mean all; those of one group mean any within.</summary>
/// <param name="Group">0 outside groups.</param>
public sealed record ListFilter(int Group, Field Field, FilterOperator Operator, string Value)
{
    /// <summary>Its key in addresses: "f.country.is", or "g1.country.is" in a group.</summary>
    public string Name => $"{(Group == 0 ? "f" : $"g{Group}")}.{Field.Key}.{FilterOperators.Word(Operator)}";

    internal static ListFilter Parse(RecordType type, string key, string value)
    {
        var parts = key.Split('.');
        Rule.Require(parts.Length == 3, "Error.List.Filter", values: key);
        var group = parts[0] == "f" ? 0 : int.TryParse(parts[0].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 100 ? n : -1;
        var field = type.Find(parts[1]);
        Rule.Require(group >= 0 && field?.Has(FieldUse.Filter) == true, "Error.List.Filter", values: key);
        Rule.Require(Enum.TryParse<FilterOperator>(parts[2], ignoreCase: true, out var op) && !char.IsAsciiDigit(parts[2][0]) && FilterOperators.Of(field!.Kind).Contains(op), "Error.List.Operator", values: key);
        Rule.Require(value.Length <= 200, "Error.TooLong", values: 200);

        return new(group, field!, op, value);
    }
}

/// <summary>How a condition compares. Last and Next count days; In takes a named period; Empty takes true or false.</summary>
public enum FilterOperator { Is, Not, Has, Starts, Lt, Le, Gt, Ge, Between, In, Last, Next, Empty }

/// <summary>Which operators a kind of field knows.</summary>
public static class FilterOperators
{
    private static readonly FilterOperator[] Texts = [FilterOperator.Has, FilterOperator.Is, FilterOperator.Not, FilterOperator.Starts, FilterOperator.Empty];
    private static readonly FilterOperator[] Numbers =
        [FilterOperator.Is, FilterOperator.Not, FilterOperator.Gt, FilterOperator.Ge, FilterOperator.Lt, FilterOperator.Le, FilterOperator.Between, FilterOperator.Empty];
    private static readonly FilterOperator[] Times =
        [FilterOperator.Is, FilterOperator.Lt, FilterOperator.Le, FilterOperator.Gt, FilterOperator.Ge, FilterOperator.Between, FilterOperator.In, FilterOperator.Last, FilterOperator.Next, FilterOperator.Empty];

    /// <summary>As addresses write it.</summary>
    public static string Word(FilterOperator op) => op.ToString().ToLowerInvariant();

    public static IReadOnlyList<FilterOperator> Of(FieldKind kind) => kind switch
    {
        FieldKind.Whole or FieldKind.Number or FieldKind.Money => Numbers,
        FieldKind.Day or FieldKind.Moment => Times,
        FieldKind.Flag => [FilterOperator.Is],
        FieldKind.Choice or FieldKind.Reference or FieldKind.Country or FieldKind.Language or FieldKind.Currency => [FilterOperator.Is, FilterOperator.Not, FilterOperator.Empty],
        FieldKind.Choices or FieldKind.Tags => [FilterOperator.Has, FilterOperator.Not, FilterOperator.Empty],
        _ => Texts,
    };
}
