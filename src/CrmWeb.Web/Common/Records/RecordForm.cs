using System.Globalization;
using CrmWeb.Services.Common;
using CrmWeb.Web.Customers.Customers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>A form over fields of the catalogue: which, in which sections, and what they hold.</summary>
public sealed class RecordForm(RecordType type, IReadOnlyList<Field> fields, FieldValues values)
{
    /// <summary>Names under which a form says of records that may be the same why it is another one, and which it is not.</summary>
    public const string WhyKey = nameof(DuplicateAnswer.Why), DifferentKey = "different";

    private const int MostDifferent = 50;

    public RecordType Type => type;

    /// <summary>Records that may be the same, when the form was refused because of them.</summary>
    public DuplicatesView? Duplicates { get; init; }
    public long? Id { get; init; }
    public Guid Version { get; init; }
    public string? Title { get; init; }

    /// <summary>Names of the records that references lead to, by field key.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<Field> Fields => fields;
    public FieldValues Values => values;
    public bool IsNew => Id is null;

    /// <summary>Address the form is sent to.</summary>
    public string Action => IsNew ? $"/{type.Path}" : $"/{type.Path}/{Id}/edit";

    public IEnumerable<IGrouping<string, Field>> Groups => fields.GroupBy(f => f.Group, StringComparer.Ordinal);

    public object? Value(Field field) => values.GetValueOrDefault(field.Key);

    /// <summary>Reads what was typed; what cannot be read is an error beside its field, and stays as typed.</summary>
    /// <remarks>Fields the form did not send are left alone; a box that was not ticked is sent as its hidden twin.</remarks>
    public static FieldValues Read(IFormCollection sent, IEnumerable<Field> fields, Habits habits, DateOnly today, ModelStateDictionary state, IStringLocalizer texts)
    {
        var values = new FieldValues();
        foreach (var field in fields.Where(f => sent.ContainsKey(f.Property)))
        {
            var raw = sent[field.Property];
            if (field.IsLocked)
            {
                state.AddModelError(field.Property, texts["Error.Locked"]);
                continue;
            }
            state.SetModelValue(field.Property, raw.ToArray(), raw.ToString());
            var typed = field.Kind is FieldKind.Choices ? string.Join(',', raw.Where(r => !string.IsNullOrEmpty(r))) : field.Kind is FieldKind.Flag or FieldKind.Reference ? raw[^1] : raw[0];
            var (value, broken) = field.Kind is FieldKind.Addresses && raw.Count > 1 ? AddressRows.Read(field, raw) : FieldInput.Parse(field, typed, habits, today);
            if (broken is not null)
            {
                state.AddModelError(field.Property, BrokenText.Of(texts, broken));
                continue;
            }
            state.MarkFieldValid(field.Property);
            values[field.Key] = value;
        }
        values.Answer = new(sent[WhyKey], [.. sent[DifferentKey].Take(MostDifferent).Select(d => long.TryParse(d, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)]);
        return values;
    }
}
