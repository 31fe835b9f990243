using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>What a condition asks about one field: how to compare, and with what.</summary>
/// <param name="Word">The operator as addresses write it; "notempty" for the opposite of empty.</param>
/// <param name="Name">Title of the record that was chosen.</param>
public sealed record FilterForm(Field Field, string Word, string? Name = null)
{
    public const string FieldKey = "add.field", WordKey = "add.op", ValueKey = "add.value", ToKey = "add.to", DaysKey = "add.days", PeriodKey = "add.period", SentKey = "add.sent", KeepKey = "add.keep";
    internal const string NotEmpty = "notempty";

    /// <summary>Values it has already, each with what people call it: kept as long as they are ticked.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Kept { get; init; } = [];

    /// <summary>Values that a control of its own shows: several choices at once.</summary>
    public bool HasMany => Field.Kind is FieldKind.Choice or FieldKind.Choices;

    public IEnumerable<string> Words => WordsOf(Field);

    public FilterOperator Operator => Word is NotEmpty ? FilterOperator.Empty : OperatorOf(Word);

    public bool IsTime => Field.Kind is FieldKind.Day or FieldKind.Moment;

    /// <summary>Whether the field can be compared with something from a value to another.</summary>
    public bool HasRange => FilterOperators.Of(Field.Kind).Contains(FilterOperator.Between);

    /// <summary>What the word is called for this field: days have words of their own.</summary>
    public string Label(string word) => word == NotEmpty ? "Filter.NotEmpty" : FilterChips.OperatorKey(OperatorOf(word), Field.Kind);

    /// <summary>The form the address asks for; null when it names no field that lists are filtered by.</summary>
    public static FilterForm? Of(RecordType type, IQueryCollection asked)
    {
        if (type.Find(asked[FieldKey].ToString()) is not { } field || !field.Has(FieldUse.Filter))
            return null;
        var words = WordsOf(field).ToList();
        return new(field, asked[WordKey].ToString() is { } word && words.Contains(word) ? word : words[0], asked[$"{ValueKey}.text"]);
    }

    /// <summary>The conditions that were filled in; none when something is missing or cannot be read, which is then told beside its control.</summary>
    /// <param name="group">What the names of conditions begin with: "f", or "g1" within a group.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Conditions(string group, IQueryCollection asked, Habits habits, DateOnly today, ModelStateDictionary state, IStringLocalizer texts)
    {
        if (Word is NotEmpty)
            return [KeyValuePair.Create($"{group}.{Field.Key}.empty", "false")];

        var kept = asked[KeepKey].Select(v => v ?? "").Where(v => v.Length > 0).ToList();
        var values = Operator switch
        {
            FilterOperator.Empty => ["true"],
            FilterOperator.In => Read(PeriodKey, (typed, _) => Periods.Words.Contains(typed) ? (typed, null) : (null, new("Error.Choice", Property: null, typed))),
            FilterOperator.Last or FilterOperator.Next => Read(DaysKey, (typed, _) => Days(typed, habits)),
            FilterOperator.Between => [.. Read(ValueKey, Value).Zip(Read(ToKey, Value), (from, to) => $"{from}..{to}")],
            _ => Read(ValueKey, Value),
        };
        return state.IsValid ? [.. kept.Concat(values).Distinct(StringComparer.Ordinal).Select(v => KeyValuePair.Create($"{group}.{Field.Key}.{Word}", v))] : [];

        List<string> Read(string key, Func<string, Field, (string?, Broken?)> parse)
        {
            var typed = asked[key].Select(v => v?.Trim() ?? "").Where(v => v.Length > 0).ToList();
            state.SetModelValue(key, asked[key].ToArray(), asked[key].ToString());
            if (typed.Count == 0 && kept.Count > 0)
            {
                state.MarkFieldValid(key);
                return [];
            }
            var read = typed.Select(t => t.Length > 200 ? (null, new("Error.TooLong", Property: null, 200)) : parse(t, Field)).DefaultIfEmpty((null, new Broken("Error.Required"))).ToList();
            foreach (var (_, broken) in read.Where(r => r.Item2 is not null))
                state.AddModelError(key, BrokenText.Of(texts, broken!));
            if (!read.Exists(r => r.Item2 is not null))
                state.MarkFieldValid(key);
            return [.. read.Select(r => r.Item1).OfType<string>()];
        }

        (string?, Broken?) Value(string typed, Field field) => field.Kind switch
        {
            FieldKind.Reference when typed == "me" => (typed, null),
            FieldKind.Day or FieldKind.Moment when Periods.IsRelative(typed) => (typed.TrimStart('+'), null),
            FieldKind.Day or FieldKind.Moment => DateInput.TryParse(typed, habits.Format, today, out var day) ? (FieldText.Write(day), null) : (null, new("Error.Date", Property: null, DateInput.Format(today, habits.Format))),
            FieldKind.Tags => (typed, null),
            _ => FieldInput.Parse(field, typed, habits, today) is var (value, broken) && broken is null ? (FieldText.Write(value), null) : (null, broken),
        };
    }

    private static (string?, Broken?) Days(string typed, Habits habits) =>
        NumberInput.TryParse(typed, habits.Format, out var days) && days == decimal.Truncate(days) && days is >= 0 and <= 36_500
            ? (FieldText.Write(days), null)
            : (null, new("Error.WholeNumber", Property: null, NumberInput.Format(14, habits.Format)));

    private static FilterOperator OperatorOf(string word) => Enum.Parse<FilterOperator>(word, ignoreCase: true);

    private static IEnumerable<string> WordsOf(Field field)
    {
        var words = FilterOperators.Of(field.Kind).Select(FilterOperators.Word);
        return FilterOperators.Of(field.Kind).Contains(FilterOperator.Empty) ? words.Append(NotEmpty) : words;
    }
}
