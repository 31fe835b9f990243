using System.Globalization;
using CrmWeb.Domain.Common;
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
        (FieldKind.Addresses, IEnumerable<Address> all) => string.Join('\n', all.Select(a => texts["Address.Line", texts.Name(a.Kind).Value, Place(a, texts, habits)].Value)),
        (FieldKind.Flag, _) => texts[value is true ? "Yes" : "No"],
        (FieldKind.Money, decimal amount) => MoneyText.Brief(amount, currency ?? "", mixed: true),
        (FieldKind.Choice or FieldKind.Choices or FieldKind.Money, _) => "",
        _ => FieldInput.Format(field, value, habits),
    };

    /// <summary>A value as addresses write it, as its reader would type it.</summary>
    public static string Typed(Field field, string written, Habits habits) => field.Kind switch
    {
        FieldKind.Whole or FieldKind.Number or FieldKind.Money when decimal.TryParse(written, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => NumberInput.Format(number, habits.Format),
        FieldKind.Day or FieldKind.Moment when DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => DateInput.Format(day, habits.Format),
        _ => written,
    };

    /// <summary>As envelopes are written there: from the largest to the smallest in East Asia, the other way elsewhere.</summary>
    public static bool IsLargestFirst(string? country) => country is "CN" or "TW" or "HK" or "MO" or "JP" or "KR";

    private static string Place(Address address, IStringLocalizer texts, Habits habits)
    {
        var country = address.Country is { } code ? Countries.Name(code, habits.Language) : null;
        string?[] parts = IsLargestFirst(address.Country)
            ? [country, address.Region, address.City, address.Street, address.PostalCode]
            : [address.Street, string.Join(' ', new[] { address.PostalCode, address.City }.Where(p => p is not null)), address.Region, country];
        return string.Join(texts["PlaceSeparator"], parts.Where(p => !string.IsNullOrEmpty(p)));
    }
}
