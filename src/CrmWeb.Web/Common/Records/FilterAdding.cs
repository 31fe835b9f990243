using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>A condition that is being added to a list, or changed.</summary>
/// <param name="Form">Null while no field is chosen.</param>
/// <param name="Was">Name of the condition that is changed.</param>
/// <param name="Or">Name of the condition besides which the new one may hold.</param>
public sealed record FilterAdding(FilterForm? Form, string? Was, string? Or)
{
    public const string WasKey = "add.was", OrKey = "add.or";

    /// <summary>What the address adds or changes; null when it does neither.</summary>
    public static FilterAdding? Of(RecordType type, IQueryCollection asked)
    {
        var (form, was, or) = (FilterForm.Of(type, asked), Condition(asked, WasKey), Condition(asked, OrKey));
        return form is null && or is null ? null : new(form, form is null ? null : was, or);
    }

    /// <summary>The list with what was filled in; null as long as something is missing or cannot be read.</summary>
    public string? Address(IQueryCollection asked, ListAddress list, Habits habits, DateOnly today, ModelStateDictionary state, IStringLocalizer texts)
    {
        if (Form is null || !asked.ContainsKey(FilterForm.SentKey))
            return null;
        var group = (Was ?? Or)?.Split('.')[0] ?? "f";
        if (Or is not null && group == "f")
            group = list.FreeGroup;
        var conditions = Form.Conditions(group, asked, habits, today, state, texts);
        return conditions.Count == 0 ? null
            : Was is not null ? list.Instead(Was, conditions)
            : Or is not null ? list.Or(Or, group, conditions)
            : list.And(conditions);
    }

    /// <summary>The form as the condition stands: each value in its control, or, where a control holds only one, beside it.</summary>
    internal async Task<FilterAdding> FilledAsync(IQueryCollection asked, FilterChips chips, Habits habits, ModelStateDictionary state, IStringLocalizer texts, CancellationToken ct)
    {
        if (Form is null)
            return this;
        var isSent = asked.ContainsKey(FilterForm.SentKey);
        var values = (isSent ? asked[FilterForm.KeepKey] : Was is null ? [] : asked[Was]).Select(v => v ?? "").Where(v => v.Length is > 0 and <= 200).Take(ListQuery.MostConditions).ToList();
        if (!isSent && (Form.HasMany || values.Count == 1))
            return this with { Form = await FillAsync(Form, values, chips, habits, state, ct) };

        var kept = new List<KeyValuePair<string, string>>();
        foreach (var value in values)
            kept.Add(new(value, await chips.ValueAsync(new(0, Form.Field, Form.Operator, value), ct)));
        return this with { Form = Form with { Kept = kept } };
    }

    private static async Task<FilterForm> FillAsync(FilterForm form, List<string> values, FilterChips chips, Habits habits, ModelStateDictionary state, CancellationToken ct)
    {
        var (op, field) = (form.Operator, form.Field);
        string[] Shown(IEnumerable<string> written) => [.. written.Select(v => ValueText.Typed(field, v, habits))];
        switch (op)
        {
            case FilterOperator.Empty:
                break;
            case FilterOperator.In:
                Set(FilterForm.PeriodKey, [.. values]);
                break;
            case FilterOperator.Last or FilterOperator.Next:
                Set(FilterForm.DaysKey, [.. values]);
                break;
            case FilterOperator.Between when values[0].Split("..", 2) is [var from, var to]:
                Set(FilterForm.ValueKey, Shown([from]));
                Set(FilterForm.ToKey, Shown([to]));
                break;
            default:
                Set(FilterForm.ValueKey, Shown(values));
                break;
        }
        return field.Kind == FieldKind.Reference && values is [var id] ? form with { Name = await chips.ValueAsync(new(0, field, op, id), ct) } : form;

        void Set(string key, string[] shown)
        {
            state.SetModelValue(key, shown, string.Join(',', shown));
            state.MarkFieldValid(key);
        }
    }

    // A name of a condition that the list has: "f.owner.is".
    private static string? Condition(IQueryCollection asked, string key) =>
        asked[key].ToString() is { Length: > 0 } name && ListQuery.IsFilter(name) && name.Split('.').Length == 3 && asked.ContainsKey(name) ? name : null;
}
