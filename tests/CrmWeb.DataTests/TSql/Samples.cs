using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.TSql;

/// <summary>A value that fits a field.</summary>
internal static class Samples
{
    private static readonly DateTime Moment = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>Something for every field a form may set.</summary>
    public static FieldValues Values(RecordType type)
    {
        var values = new FieldValues { Answer = new("Another branch", [9]) };
        foreach (var field in type.Fields.Where(f => f.CanSet))
            values[field.Key] = Value(field);
        return values;
    }

    public static object? Value(Field field) => field.Kind switch
    {
        FieldKind.Whole => field.Key == "foundedYear" ? 1990 : 1,
        FieldKind.Number or FieldKind.Money => 1.5m,
        FieldKind.Day => DateOnly.FromDateTime(Moment),
        FieldKind.Moment => Moment,
        FieldKind.Flag => false,
        FieldKind.Choice => Enum.GetValues(field.Choices!).GetValue(0),
        FieldKind.Choices => Enum.GetValues(field.Choices!).GetValue(1),
        FieldKind.Reference => 8L,
        FieldKind.Tags => new[] { "x" },
        FieldKind.Reaches => new[] { new Reach("x@x.example", "x") },
        FieldKind.Addresses => new[] { new Address(AddressKind.Shipping, "x", "x", null, null, "SE") },
        FieldKind.Email => "x@x.example",
        FieldKind.Url => "https://x.example/",
        FieldKind.Phone => "+46 31 555 01 80",
        FieldKind.Country => "SE",
        FieldKind.Currency => "EUR",
        _ => field.Key switch { "language" => "en", "timeZone" => "UTC", _ => "x" },
    };

    /// <summary>The value as a filter says it.</summary>
    public static string Text(Field field) => FieldText.Write(field.Kind == FieldKind.Flag ? true : Value(field))!;
}
