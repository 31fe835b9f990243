using System.Globalization;
using System.Text.Json;

namespace CrmWeb.Services.Common;

/// <summary>Values as text that means the same everywhere: in the audit, in addresses, in mappings and the API.</summary>
public static class FieldText
{
    /// <summary>The value as invariant text; null for an empty one.</summary>
    public static string? Write(object? value) => value switch
    {
        null or "" => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
        Enum choice => choice.ToString(),
        IEnumerable<string> tags => string.Join(", ", tags) is { Length: > 0 } all ? all : null,
        IEnumerable<Domain.Access.Grant> grants => string.Join('\n', grants.Select(g => g.ToString()).Order(StringComparer.Ordinal)) is { Length: > 0 } all ? all : null,
        IEnumerable<Domain.Access.FieldRule> rules => string.Join('\n', rules.Select(r => r.ToString()).Order(StringComparer.Ordinal)) is { Length: > 0 } all ? all : null,
        IEnumerable<Domain.Access.SpecialRight> rights => string.Join(", ", rights.Order()) is { Length: > 0 } all ? all : null,
        IEnumerable<Address> addresses => string.Join('\n', addresses) is { Length: > 0 } all ? all : null,
        IEnumerable<Reach> reaches => string.Join('\n', reaches) is { Length: > 0 } all ? all : null,
        IFormattable other => other.ToString(format: null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value) is var json && json == "[]" ? null : json,
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no value of this field.</exception>
    public static object? Read(Field field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return field.Kind switch { FieldKind.Tags => Array.Empty<string>(), FieldKind.Reaches => Array.Empty<Reach>(), FieldKind.Addresses => Array.Empty<Address>(), _ => null };

        return field.Kind switch
        {
            FieldKind.Whole => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            FieldKind.Number or FieldKind.Money => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture),
            FieldKind.Day => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldKind.Moment => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
            FieldKind.Flag => text is "true" or "True" || (text is not ("false" or "False") ? throw new FormatException() : false),
            FieldKind.Choice or FieldKind.Choices => Choice(field, text),
            FieldKind.Reference => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture),
            FieldKind.Tags => Tags(text),
            FieldKind.Reaches => Reach.Read(text),
            FieldKind.Addresses => Address.Read(text, AddressKindOf, out var wrong) is var addresses && wrong is null ? addresses : throw new FormatException(wrong),
            _ => text,
        };
    }

    /// <summary>Reads what <see cref="Write"/> wrote, perhaps long ago: a choice may be gone since.</summary>
    public static bool TryRead(Field field, string? text, out object? value)
    {
        try
        {
            value = Read(field, text);
            return true;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>Tags as they are typed: separated by commas, ideographic or not.</summary>
    public static string[] Tags(string text) =>
        [.. text.Split([',', '，', ';', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The kind of address by its name; null for another word.</summary>
    public static AddressKind? AddressKindOf(string word) => Enum.TryParse<AddressKind>(word, ignoreCase: true, out var kind) && !char.IsAsciiDigit(word[0]) ? kind : null;

    private static object Choice(Field field, string text) =>
        // Names only: a number would pass for any value, and reach states nobody declared.
        !char.IsAsciiDigit(text[0]) && text[0] != '-' && Enum.TryParse(field.Choices!, text, ignoreCase: true, out var choice) && (field.Kind == FieldKind.Choices || Enum.IsDefined(field.Choices!, choice))
            ? choice
            : throw new FormatException();
}
