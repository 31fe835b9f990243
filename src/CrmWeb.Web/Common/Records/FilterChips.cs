using CrmWeb.Services.Common;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>A condition as a sentence, with addresses of the list without it, and with it under change.</summary>
/// <param name="Name">Its key in addresses.</param>
/// <param name="Group">0 outside groups.</param>
/// <param name="Value">What it is compared with; of several values the first ones.</param>
/// <param name="All">All of them, where that is more.</param>
/// <param name="Edit">Opens it to be changed.</param>
/// <param name="Or">Asks for another condition that may hold instead.</param>
public sealed record FilterChip(string Name, int Group, string Field, string Operator, string Value, string? All, string Without, string Edit, string Or);

/// <summary>Turns conditions into sentences in the reader's language.</summary>
internal sealed class FilterChips(ISearchService search, IStringLocalizer texts, ICurrentUser user)
{
    private const int MostNamed = 2;

    public async Task<IReadOnlyList<FilterChip>> OfAsync(ListQuery query, ListAddress address, CancellationToken ct)
    {
        var chips = new List<FilterChip>();
        foreach (var same in query.Filters.GroupBy(f => (f.Group, f.Field, f.Operator)))
        {
            var (filter, values) = (same.First(), new List<string>());
            foreach (var one in same)
                values.Add(await ValueAsync(one, ct));
            var (named, all) = (string.Join(texts["ListSeparator"], values.Take(MostNamed)), string.Join(texts["ListSeparator"], values));
            var isNotEmpty = filter is { Operator: FilterOperator.Empty, Value: "false" };
            var edit = address.With((FilterForm.FieldKey, filter.Field.Key), (FilterForm.WordKey, isNotEmpty ? FilterForm.NotEmpty : FilterOperators.Word(filter.Operator)), (FilterAdding.WasKey, filter.Name));
            chips.Add(new(
                filter.Name, filter.Group, texts[filter.Field.Label], texts[isNotEmpty ? "Filter.NotEmpty" : OperatorKey(filter.Operator, filter.Field.Kind)],
                values.Count > MostNamed ? texts["Filter.AndMore", named, values.Count - MostNamed] : named, values.Count > MostNamed ? all : null, address.Without(filter.Name), edit, address.With((FilterAdding.OrKey, filter.Name))));
        }
        return chips;
    }

    /// <summary>Days have words of their own: before, after.</summary>
    public static string OperatorKey(FilterOperator op, FieldKind kind) => (op, kind) switch
    {
        (FilterOperator.Lt or FilterOperator.Le or FilterOperator.Gt or FilterOperator.Ge or FilterOperator.Is, FieldKind.Day or FieldKind.Moment) => $"Filter.Day.{op}",
        _ => $"Filter.{op}",
    };

    /// <summary>What a condition compares with, as people call it.</summary>
    public async Task<string> ValueAsync(ListFilter filter, CancellationToken ct) => filter.Field.Kind switch
    {
        _ when filter.Operator == FilterOperator.Empty => "",
        FieldKind.Reference when filter.Value == "me" => texts["Me"],
        FieldKind.Reference when long.TryParse(filter.Value, System.Globalization.CultureInfo.InvariantCulture, out var id) =>
            (await search.TitlesAsync(filter.Field.Reference!, [id], ct)).GetValueOrDefault(id) ?? texts["Unknown"],
        FieldKind.Choice or FieldKind.Choices => texts[$"{filter.Field.Choices!.Name}.{filter.Value}"],
        FieldKind.Flag => texts[filter.Value == "true" ? "Yes" : "No"],
        FieldKind.Language => Languages.Name(filter.Value, user.Habits.Language),
        FieldKind.Country => Countries.Name(filter.Value, user.Habits.Language),
        FieldKind.Day or FieldKind.Moment => Period(filter.Value),
        _ => string.Join('–', filter.Value.Split("..").Select(v => ValueText.Typed(filter.Field, v, user.Habits))),
    };

    private string Period(string value)
    {
        if (Periods.Away(value) is { } days)
            return texts.Count(days <= 0 ? "Filter.DaysAgo" : "Filter.DaysAhead", Math.Abs(days));
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day))
            return day.ToString("d", user.Habits.Format);
        return texts.First($"Period.{value}") ?? value;
    }
}
