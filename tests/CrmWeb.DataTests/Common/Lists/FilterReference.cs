using System.Globalization;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.Common.Lists;

internal static class FilterReference
{
    /// <summary>The ids a list finds, in their own order.</summary>
    public static async Task<IReadOnlyList<long>> FoundAsync(TestScope scope, RecordType type, IEnumerable<KeyValuePair<string, string>> filters)
    {
        var page = await scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, [.. filters, new("size", "200")]), TestContext.Current.CancellationToken);
        return [.. page.Rows.Select(r => r.Id).Order()];
    }
}

/// <summary>What a filter of a field means, said for objects in memory.</summary>
internal sealed class FilterReference<T>(Field field, TestClock clock) where T : Record
{
    private readonly Func<T, object?> get = Getter(field);

    /// <summary>Every operator of the field with values that stand in the rows, and with some that do not.</summary>
    public IEnumerable<(FilterOperator Operator, string Value)> Conditions(IReadOnlyList<T> rows)
    {
        var values = rows.Select(get).SelectMany(Texts).Distinct(StringComparer.Ordinal).Take(15).Concat(Strangers()).ToList();
        foreach (var op in FilterOperators.Of(field.Kind))
        {
            var asked = op switch
            {
                FilterOperator.Empty => ["true", "false"],
                FilterOperator.Last or FilterOperator.Next => ["0", "1", "30"],
                FilterOperator.In => ["today", "thisMonth", "lastMonth", "thisWeek", "lastWeek", "thisQuarter", "lastQuarter", "thisYear", "lastYear"],
                FilterOperator.Between => values.Zip(values.Skip(1), (a, b) => $"{a}..{b}"),
                FilterOperator.Has or FilterOperator.Starts when field.Kind is not (FieldKind.Choices or FieldKind.Tags) => values.SelectMany(Pieces).Distinct(StringComparer.Ordinal),
                _ => values,
            };
            foreach (var value in asked)
                yield return (op, value);
        }
    }

    public bool Matches(T record, FilterOperator op, string value)
    {
        var held = get(record);
        return (field.Kind, op) switch
        {
            (FieldKind.Tags, FilterOperator.Empty) => ((IReadOnlyList<string>)held!).Count == 0 == (value == "true"),
            (FieldKind.Choices, FilterOperator.Empty) => Convert.ToInt32(held, CultureInfo.InvariantCulture) == 0 == (value == "true"),
            (_, FilterOperator.Empty) => held is null == (value == "true"),
            (FieldKind.Tags, _) => ((IReadOnlyList<string>)held!).Contains(value) == (op == FilterOperator.Has),
            (FieldKind.Choices, _) => Flags(held!, FieldText.Read(field, value)!) == (op == FilterOperator.Has),
            (FieldKind.Day or FieldKind.Moment, _) => held is not null && InTime(held, op, value),
            (FieldKind.Flag or FieldKind.Choice or FieldKind.Reference or FieldKind.Whole or FieldKind.Number or FieldKind.Money, _) => Compares(held, op, value),
            (_, FilterOperator.Not) => (string?)held != value,
            (_, FilterOperator.Is) => (string?)held == value,
            (_, FilterOperator.Starts) => held is string text && Fold(text).StartsWith(Fold(value), StringComparison.Ordinal),
            _ => held is string text && Fold(text).Contains(Fold(value), StringComparison.Ordinal),
        };
    }

    private static bool Flags(object held, object wanted) =>
        (Convert.ToInt32(held, CultureInfo.InvariantCulture) & Convert.ToInt32(wanted, CultureInfo.InvariantCulture)) != 0;

    private bool Compares(object? held, FilterOperator op, string value)
    {
        if (op == FilterOperator.Between)
            return value.Split("..") is [var from, var to] && Compares(held, FilterOperator.Ge, from) && Compares(held, FilterOperator.Le, to);
        if (held is null)
            return op == FilterOperator.Not;
        var order = ((IComparable)held).CompareTo(FieldText.Read(field, value));
        return op switch
        {
            FilterOperator.Not => order != 0,
            FilterOperator.Lt => order < 0,
            FilterOperator.Le => order <= 0,
            FilterOperator.Gt => order > 0,
            FilterOperator.Ge => order >= 0,
            _ => order == 0,
        };
    }

    /// <summary>By days of the viewer, who is in UTC here; other zones have a test of their own.</summary>
    private bool InTime(object held, FilterOperator op, string value)
    {
        var day = held is DateOnly date ? date : DateOnly.FromDateTime((DateTime)held);
        var today = DateOnly.FromDateTime(clock.Utc);
        var (first, last) = op switch
        {
            FilterOperator.Last => (today.AddDays(-int.Parse(value, CultureInfo.InvariantCulture)), today),
            FilterOperator.Next => (today, today.AddDays(int.Parse(value, CultureInfo.InvariantCulture))),
            FilterOperator.Between => (Period(value.Split("..")[0], today).First, Period(value.Split("..")[1], today).Last),
            _ => Period(value, today),
        };
        return op switch
        {
            FilterOperator.Lt => day < first,
            FilterOperator.Le => day <= last,
            FilterOperator.Gt => day > last,
            FilterOperator.Ge => day >= first,
            _ => day >= first && day <= last,
        };
    }

    /// <summary>2 March 2026 is a Monday; weeks begin on it.</summary>
    private static (DateOnly First, DateOnly Last) Period(string value, DateOnly today) => value switch
    {
        "today" => (today, today),
        "-14d" => (today.AddDays(-14), today.AddDays(-14)),
        "thisWeek" => (new(2026, 3, 2), new(2026, 3, 8)),
        "lastWeek" => (new(2026, 2, 23), new(2026, 3, 1)),
        "thisMonth" => (new(2026, 3, 1), new(2026, 3, 31)),
        "lastMonth" => (new(2026, 2, 1), new(2026, 2, 28)),
        "thisQuarter" => (new(2026, 1, 1), new(2026, 3, 31)),
        "lastQuarter" => (new(2025, 10, 1), new(2025, 12, 31)),
        "thisYear" => (new(2026, 1, 1), new(2026, 12, 31)),
        "lastYear" => (new(2025, 1, 1), new(2025, 12, 31)),
        _ => (DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture), DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
    };

    private IEnumerable<string> Texts(object? held) => held switch
    {
        null => [],
        DateTime moment => [moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        IReadOnlyList<string> tags => tags,
        Enum flags when field.Kind == FieldKind.Choices => flags.ToString().Split(", "),
        _ => [FieldText.Write(held)!],
    };

    private IEnumerable<string> Strangers() => field.Kind switch
    {
        FieldKind.Day or FieldKind.Moment => ["today", "-14d", "2026-03-02"],
        FieldKind.Whole or FieldKind.Reference => ["4"],
        FieldKind.Number or FieldKind.Money => ["0.00015", "-1", "1100.045"],
        FieldKind.Flag => ["true", "false"],
        FieldKind.Choice => [],
        FieldKind.Choices => ["Distributor"],
        _ => ["nowhere", "%", "_", "'"],
    };

    private static IEnumerable<string> Pieces(string text) => text.Length < 3 ? [text] : [text, text[1..^1], text[..2], text.ToUpperInvariant()];

    /// <summary>ASCII letters alone: what both databases level without an index of their own.</summary>
    private static string Fold(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    private static Func<T, object?> Getter(Field field)
    {
        var compiled = field.Value.Compile();
        return record => compiled.DynamicInvoke(record);
    }
}
