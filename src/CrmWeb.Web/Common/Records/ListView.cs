using System.Globalization;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>A list as its page shows it.</summary>
/// <param name="Count">All matches; null when they are still to be counted.</param>
public sealed record ListView(RecordType Type, ListQuery Query, ListPage Page, int? Count, ListAddress Address, IReadOnlyList<FilterChip> Chips, bool MayCreate, bool MayImport)
{
    /// <summary>The filter that is being added.</summary>
    public FilterForm? Adding { get; init; }

    public bool IsFiltered => Chips.Count > 0 || Query.Text is not null;

    /// <summary>Whether numbers over all matches are fetched after the list.</summary>
    public bool HasTotals => Count is null || Type.With(FieldUse.Total).Any();

    /// <summary>A number of matches as people read it: 1,234, or 10,000+.</summary>
    public static string Words(int count, IStringLocalizer texts) => count > ListTotals.MostCounted
        ? texts["List.MoreThan", ListTotals.MostCounted.ToString("N0", CultureInfo.CurrentCulture)]
        : count.ToString("N0", CultureInfo.CurrentCulture);
}

/// <summary>Numbers over all matches of a list.</summary>
public sealed record TotalsView(RecordType Type, ListTotals Totals, ListAddress Address);

/// <summary>The address of a list, and addresses near it: another page, order, view, without a filter.</summary>
public sealed class ListAddress(IQueryCollection asked)
{
    private static readonly string[] Paging = ["after", "before"];

    /// <summary>The query string as pairs, for <see cref="ListQuery.Parse"/>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Pairs(IQueryCollection asked) => asked.SelectMany(a => a.Value.Select(v => KeyValuePair.Create(a.Key, v ?? "")));

    /// <summary>This list with other values; null removes. Any change but of the page starts at the first page.</summary>
    public string With(params (string Key, string? Value)[] changes)
    {
        var keeps = changes.Any(c => Paging.Contains(c.Key));
        var pairs = Pairs(asked).Where(p => p.Value.Length > 0 && !Paging.Contains(p.Key) && !p.Key.StartsWith("add.", StringComparison.Ordinal) && Array.TrueForAll(changes, c => c.Key != p.Key)).ToList();
        pairs.AddRange(changes.Where(c => c.Value is not null).Select(c => KeyValuePair.Create(c.Key, c.Value!)));
        return keeps || pairs.Count > 0 ? QueryString.Create(pairs!).ToString() : "?";
    }

    /// <summary>This list without one value of one condition.</summary>
    public string Without(string key, string value)
    {
        var pairs = Pairs(asked).Where(p => p.Value.Length > 0 && !Paging.Contains(p.Key) && !(p.Key == key && p.Value == value)).ToList();
        return pairs.Count > 0 ? QueryString.Create(pairs!).ToString() : "?";
    }

    /// <summary>What must be kept by a form that changes the quick text or adds a filter.</summary>
    public IEnumerable<KeyValuePair<string, string>> Kept(params string[] except) =>
        Pairs(asked).Where(p => p.Value.Length > 0 && !Paging.Contains(p.Key) && !except.Contains(p.Key) && !p.Key.StartsWith("add.", StringComparison.Ordinal));

    /// <summary>This list with further conditions.</summary>
    public string And(IEnumerable<KeyValuePair<string, string>> conditions) => QueryString.Create(Kept("view").Concat(conditions).Distinct()!).ToString();
}
