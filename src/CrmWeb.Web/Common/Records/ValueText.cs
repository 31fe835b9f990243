using CrmWeb.Services.Common;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>A value of a record as its reader writes it: the same words in a list and on the record's page.</summary>
internal static class ValueText
{
    /// <param name="currency">Of an amount.</param>
    /// <returns>Empty for an empty value, but for a box that is ticked or not.</returns>
    public static string Of(Field field, object? value, string? currency, IStringLocalizer texts, Habits habits) => (field.Kind, value) switch
    {
        (FieldKind.Choice, Enum choice) => texts.Name(choice),
        (FieldKind.Choices, Enum flags) => string.Join(texts["ListSeparator"], field.ChoiceValues.Where(flags.HasFlag).Select(f => texts.Name(f).Value)),
        (FieldKind.Flag, _) => texts[value is true ? "Yes" : "No"],
        (FieldKind.Money, decimal amount) => MoneyText.Brief(amount, currency ?? "", mixed: true),
        (FieldKind.Choice or FieldKind.Choices or FieldKind.Money, _) => "",
        _ => FieldInput.Format(field, value, habits),
    };
}
