using System.Globalization;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Bulk;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>A list as its page shows it.</summary>
/// <param name="Count">All matches; null when they are still to be counted.</param>
/// <param name="Counts">Matches of the views where they are known.</param>
public sealed record ListView(RecordType Type, OpenList Open, ListPage Page, int? Count, IReadOnlyDictionary<string, int> Counts, ListAddress Address, IReadOnlyList<FilterChip> Chips, bool MayCreate, bool MayImport)
{
    public ListQuery Query => Open.Query;

    /// <summary>Whether the user may take rows along as a file.</summary>
    public bool MayExport { get; init; }

    /// <summary>What is chosen of the rows; null where nothing can be done with many at once.</summary>
    public SelectionView? Selection { get; init; }

    /// <summary>Rows whose values may be changed where they stand.</summary>
    public IReadOnlySet<long> Editable { get; init; } = new HashSet<long>();

    /// <summary>Where nothing matches: the condition without which most would, and how many.</summary>
    public (FilterChip Chip, int Count)? Excluding { get; init; }

    /// <summary>The condition that is being added or changed.</summary>
    public FilterAdding? Adding { get; init; }

    public bool IsFiltered => Chips.Count > 0 || Query.Text is not null;

    /// <summary>Whether numbers over all matches are fetched after the list.</summary>
    public bool HasTotals => Count is null || Type.With(FieldUse.Total).Any();

    /// <summary>Whether a column's values can be changed where they stand: no links, which lead elsewhere, and nothing that needs more room than a cell has.</summary>
    public static bool IsEditable(Field field) => field.CanSet && field.Has(FieldUse.Inline)
        && field.Kind is FieldKind.Text or FieldKind.Choice or FieldKind.Whole or FieldKind.Number or FieldKind.Money or FieldKind.Day or FieldKind.Flag or FieldKind.Country or FieldKind.Language or FieldKind.Tags;

    /// <summary>What people call a row.</summary>
    public static string TitleOf(ListPage page, ListRow row)
    {
        for (var i = 0; i < page.Columns.Count; i++)
        {
            if (page.Columns[i].Kind == FieldKind.Title)
                return row.Cells[i].Value as string ?? "";
        }
        return row.Cells.Select(c => c.Value).OfType<string>().FirstOrDefault() ?? "";
    }

    /// <summary>A number of matches as people read it: 1,234, or 10,000+.</summary>
    public static string Words(int count, IStringLocalizer texts) => count > ListTotals.MostCounted
        ? texts["List.MoreThan", ListTotals.MostCounted.ToString("N0", CultureInfo.CurrentCulture)]
        : count.ToString("N0", CultureInfo.CurrentCulture);
}

/// <summary>The ways from a page of a list to its neighbours.</summary>
/// <param name="IsPicking">Whether rows can be chosen.</param>
public sealed record Pager(RecordType Type, ListAddress Address, ListPage Page, bool IsPicking);

/// <summary>What is chosen, what can be done with it, and the way to further pages.</summary>
public sealed record SelectionBar(SelectionView Chosen, ListPage Page);

/// <summary>Numbers over all matches of a list.</summary>
public sealed record TotalsView(RecordType Type, ListTotals Totals, ListAddress Address);

/// <summary>The address of a list, and addresses near it: another page, order, view, without a filter.</summary>
/// <param name="pairs">The query string, with everything the view set.</param>
public sealed class ListAddress(IReadOnlyList<KeyValuePair<string, string>> pairs)
{
    private static readonly string[] Paging = ["after", "before"];

    /// <summary>The query string as pairs, for <see cref="ListQuery.Parse"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(IQueryCollection asked) => [.. asked.SelectMany(a => a.Value.Select(v => KeyValuePair.Create(a.Key, v ?? "")))];

    /// <summary>This list with other values; null removes. Any change but of the page starts at the first page.</summary>
    public string With(params (string Key, string? Value)[] changes) =>
        Write(Kept([.. changes.Select(c => c.Key)]).Concat(changes.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Key, c.Value!))));

    /// <summary>This list without any condition of one kind.</summary>
    public string Without(string key) => Write(Kept(key));

    /// <summary>This list with further conditions.</summary>
    public string And(IEnumerable<KeyValuePair<string, string>> conditions) => Write(Stated().Concat(conditions).Distinct());

    /// <summary>This list with other conditions in one's place.</summary>
    public string Instead(string name, IReadOnlyList<KeyValuePair<string, string>> conditions)
    {
        var stated = Stated().ToList();
        var place = stated.FindIndex(p => p.Key == name);
        stated.InsertRange(Math.Max(place, 0), conditions);
        return Write(stated.Where((p, i) => p.Key != name || i < place + conditions.Count).Distinct());
    }

    /// <summary>This list with conditions that may hold instead of another: all of them stand in one group.</summary>
    public string Or(string name, string group, IEnumerable<KeyValuePair<string, string>> conditions) =>
        Write(Stated().Select(p => p.Key == name ? KeyValuePair.Create(group + name[name.IndexOf('.', StringComparison.Ordinal)..], p.Value) : p).Concat(conditions).Distinct());

    /// <summary>What conditions of a new group begin with.</summary>
    public string FreeGroup => $"g{1 + pairs.Where(p => ListQuery.IsFilter(p.Key) && p.Key[0] == 'g').Select(p => int.TryParse(p.Key[1..p.Key.IndexOf('.', StringComparison.Ordinal)], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).DefaultIfEmpty().Max()}";

    /// <summary>What a form that changes one thing must send along, besides what it changes.</summary>
    public IEnumerable<KeyValuePair<string, string>> Kept(params string[] except) =>
        Said(pairs.Where(p => p.Value.Length > 0 && !Paging.Contains(p.Key) && !except.Contains(p.Key) && p.Key is not (ColumnsView.Column or ColumnsView.Move) && !p.Key.StartsWith(ColumnsView.Width, StringComparison.Ordinal) && !p.Key.StartsWith("add.", StringComparison.Ordinal)));

    private IEnumerable<KeyValuePair<string, string>> Stated() => Kept().Where(p => p.Key != ListState.Nothing.Key);

    private static string Write(IEnumerable<KeyValuePair<string, string>> written) => QueryString.Create(Said(written)!).ToString();

    /// <summary>Having no conditions is said too: left out, it would mean those of the view.</summary>
    private static List<KeyValuePair<string, string>> Said(IEnumerable<KeyValuePair<string, string>> written)
    {
        var all = written.ToList();
        if (!all.Exists(p => ListState.Holds(p.Key)))
            all.Add(ListState.Nothing);
        return all;
    }
}
