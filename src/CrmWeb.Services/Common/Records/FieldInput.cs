using System.Globalization;

namespace CrmWeb.Services.Common;

/// <summary>Reads what a person typed into a field, in his own formats.</summary>
public static class FieldInput
{
    /// <summary>The typed value, or what is wrong with the text. An empty text is an empty value.</summary>
    public static (object? Value, Broken? Broken) Parse(Field field, string? text, Habits habits, DateOnly today)
    {
        var typed = text?.Trim() ?? "";
        if (typed.Length == 0)
            return field.IsRequired && field.Kind != FieldKind.Choices ? (null, new("Error.Required", field.Property)) : (FieldText.Read(field, text: null), null);
        if (typed.Length > 20_000)
            return (null, new("Error.TooLong", field.Property, 20_000));

        return field.Kind switch
        {
            FieldKind.Whole => NumberInput.TryParse(typed, habits.Format, out var whole) && whole == decimal.Truncate(whole) && Math.Abs(whole) <= int.MaxValue
                ? ((int)whole, null)
                : (null, new("Error.WholeNumber", field.Property, NumberInput.Format(1000, habits.Format))),
            FieldKind.Number or FieldKind.Money => NumberInput.TryParse(typed, habits.Format, out var number) && Math.Abs(number) < 1e14m
                ? (number, null)
                : (null, new("Error.Number", field.Property, NumberInput.Format(1000.5m, habits.Format))),
            FieldKind.Day => DateInput.TryParse(typed, habits.Format, today, out var day)
                ? (day, null)
                : (null, new("Error.Date", field.Property, DateInput.Format(today, habits.Format))),
            FieldKind.Moment => Moment(field, typed, habits, today),
            FieldKind.Flag => (typed is "true" or "on" or "1", null),
            FieldKind.Country => (Countries.Stored(typed), null),
            FieldKind.Language => (Languages.Tag(typed) ?? typed, null),
            _ => Plain(field, typed),
        };
    }

    /// <summary>The value as the person would type it.</summary>
    public static string Format(Field field, object? value, Habits habits) => value switch
    {
        null => "",
        decimal number => NumberInput.Format(number, habits.Format),
        int year when field.Property.EndsWith("Year", StringComparison.Ordinal) => year.ToString(CultureInfo.InvariantCulture),
        int whole => NumberInput.Format(whole, habits.Format),
        DateOnly day => DateInput.Format(day, habits.Format),
        DateTime moment => habits.Local(moment).ToString("g", habits.Format),
        string tag when field.Kind == FieldKind.Language => Languages.Name(tag, habits.Language),
        string code when field.Kind == FieldKind.Country => Countries.Name(code, habits.Language),
        _ => FieldText.Write(value) ?? "",
    };

    private static (object?, Broken?) Moment(Field field, string typed, Habits habits, DateOnly today)
    {
        var gap = typed.LastIndexOf(' ');
        var (dayText, timeText) = gap < 0 ? (typed, "") : (typed[..gap], typed[(gap + 1)..]);
        var hasTime = TimeInput.TryParse(timeText, out var time);
        if (DateTime.TryParseExact(typed, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact))
            return (habits.Utc(exact), null);
        return DateInput.TryParse(hasTime ? dayText : typed, habits.Format, today, out var day)
            ? (habits.Utc(day.ToDateTime(hasTime ? time : TimeOnly.MinValue)), null)
            : DateTime.TryParse(typed, habits.Format, DateTimeStyles.None, out var moment) && moment.Year is > 1800 and < 9000 ? (habits.Utc(moment), null) : (null, new("Error.Date", field.Property, DateInput.Format(today, habits.Format)));
    }

    private static (object?, Broken?) Plain(Field field, string typed)
    {
        try
        {
            return (FieldText.Read(field, typed), null);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return (null, new(field.Kind switch { FieldKind.Reference => "Error.ReferenceNotFound", FieldKind.Addresses => "Error.AddressLine", _ => "Error.Choice" }, field.Property, field.Kind == FieldKind.Addresses ? wrong.Message : typed));
        }
    }
}
