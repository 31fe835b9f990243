using System.ComponentModel.DataAnnotations;
using System.Reflection;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Forms;

/// <summary>Gives every form property its label and every validation attribute its sentence, in the reader's language.</summary>
internal sealed class FormTexts(IStringLocalizer texts) : IDisplayMetadataProvider, IValidationMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Key.Name is not { } property || (context.Key.ContainerType ?? context.Key.ParameterInfo?.Member.DeclaringType) is not { } form)
            return;

        var own = form.GetCustomAttribute<TextsOfAttribute>()?.Name ?? form.Name.Replace("Form", "", StringComparison.Ordinal);
        context.DisplayMetadata.DisplayName = () => texts.First($"{own}.{property}", $"Field.{property}")?.Value ?? property;
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        var type = Nullable.GetUnderlyingType(context.Key.ModelType) ?? context.Key.ModelType;
        foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (attribute.ErrorMessageResourceName is null && !IsKey(attribute.ErrorMessage))
                attribute.ErrorMessage = Key(attribute, type);
        }
    }

    /// <summary>Some attributes carry an English sentence by themselves; a key has no blanks.</summary>
    private static bool IsKey(string? message) => message is not null && !message.Contains(' ', StringComparison.Ordinal);

    private static string Key(ValidationAttribute attribute, Type type) => attribute switch
    {
        RequiredAttribute => type.IsEnum ? "Error.Choose" : "Error.Required",
        StringLengthAttribute { MinimumLength: > 0 } => "Error.LengthBetween",
        StringLengthAttribute or MaxLengthAttribute => "Error.TooLong",
        MinLengthAttribute => "Error.TooShort",
        RangeAttribute => "Error.Range",
        EmailAddressAttribute => "Error.Email",
        PhoneAttribute => "Error.Phone",
        UrlAttribute => "Error.Url",
        CompareAttribute => "Error.Compare",
        _ => "Error.Format",
    };
}

/// <summary>The sentences stand beside their field, so the field's name, which the framework passes first, is left out.</summary>
internal sealed class WithoutFieldName(IStringLocalizer texts) : IStringLocalizer
{
    public LocalizedString this[string name] => texts[name];

    public LocalizedString this[string name, params object[] arguments] => texts[name, arguments.Length > 0 ? arguments[1..] : arguments];

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures);
}
