using System.Globalization;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Forms;

/// <summary>Reads numbers, dates and times as the person writes them.</summary>
internal sealed class InputBinders : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var type = context.Metadata.UnderlyingOrModelType;
        if (type == typeof(decimal) || type == typeof(double) || type == typeof(float))
            return new InputBinder("Error.Number", (text, _) => NumberInput.TryParse(text, CultureInfo.CurrentCulture, out var n) ? As(n, type) : null, _ => NumberInput.Format(1000.5m, CultureInfo.CurrentCulture));
        if (type == typeof(int) || type == typeof(long) || type == typeof(short))
            return new InputBinder("Error.WholeNumber", (text, _) => Whole(text) is { } n ? As(n, type) : null, _ => NumberInput.Format(1000, CultureInfo.CurrentCulture));
        if (type == typeof(DateOnly))
            return new InputBinder("Error.Date", (text, today) => DateInput.TryParse(text, CultureInfo.CurrentCulture, today, out var date) ? date : null, today => DateInput.Format(today, CultureInfo.CurrentCulture));
        if (type == typeof(TimeOnly))
            return new InputBinder("Error.Time", (text, _) => TimeInput.TryParse(text, out var time) ? time : null, _ => TimeInput.Format(new(14, 30), CultureInfo.CurrentCulture));
        return null;
    }

    private static decimal? Whole(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : NumberInput.TryParse(text, CultureInfo.CurrentCulture, out number) && decimal.IsInteger(number) ? number
        : null;

    private static object? As(decimal number, Type type)
    {
        try
        {
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}

/// <param name="error">What is said when the text cannot be read; its {0} is the example.</param>
internal sealed class InputBinder(string error, Func<string, DateOnly, object?> read, Func<DateOnly, string> example) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        var given = context.ValueProvider.GetValue(context.ModelName);
        if (given == ValueProviderResult.None)
            return Task.CompletedTask;

        context.ModelState.SetModelValue(context.ModelName, given);
        var text = given.FirstValue;
        if (string.IsNullOrWhiteSpace(text))
            Empty(context);
        else
            Read(context, text);
        return Task.CompletedTask;
    }

    private static void Empty(ModelBindingContext context)
    {
        if (context.ModelMetadata.IsReferenceOrNullableType)
            context.Result = ModelBindingResult.Success(null);
        else
            context.ModelState.TryAddModelError(context.ModelName, context.ModelMetadata.ModelBindingMessageProvider.ValueMustNotBeNullAccessor(""));
    }

    private void Read(ModelBindingContext context, string text)
    {
        var services = context.HttpContext.RequestServices;
        var today = services.GetRequiredService<ICurrentUser>().Habits.Today(services.GetRequiredService<TimeProvider>());
        if (read(text, today) is { } value)
            context.Result = ModelBindingResult.Success(value);
        else
            context.ModelState.TryAddModelError(context.ModelName, services.GetRequiredService<IStringLocalizer>()[error, example(today)]);
    }
}
