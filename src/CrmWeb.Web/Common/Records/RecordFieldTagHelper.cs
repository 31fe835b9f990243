using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>One field of the catalogue in a form: <c>&lt;crm-record-field form="Model" field="field" /&gt;</c>. Chooses what <c>crm-field</c> is to show.</summary>
[HtmlTargetElement("crm-record-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RecordFieldTagHelper(IStringLocalizer texts, IModelMetadataProvider metadata, ICurrentUser user) : TagHelper
{
    public required RecordForm Form { get; set; }
    public required Services.Common.Field Field { get; set; }

    /// <summary>Whether it is said that the field may stay empty.</summary>
    public bool MarkOptional { get; set; } = true;

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Field.IsLocked)
        {
            Locked(output);
            return;
        }
        var (type, shown) = Shown();
        var value = Form.Value(Field);
        new FieldTagHelper(texts)
        {
            For = new(Field.Property, metadata.GetModelExplorerForType(type, shown)),
            Label = texts[Field.Label],
            Help = texts.First($"{Field.Label}.Help")?.Value ?? (Field.Kind == FieldKind.Reaches ? texts["Field.ReachesHelp"].Value : null),
            Required = Field.IsRequired,
            MarkOptional = MarkOptional,
            Drawn = Field.Kind == FieldKind.Addresses ? control => new AddressRows(texts, user.Habits).Control(control, value, ViewContext.ModelState) : null,
            Rows = Field.Kind switch { FieldKind.LongText => 4, FieldKind.Reaches => 2, _ => 0 },
            Type = Field.Kind switch { FieldKind.Email => "email", FieldKind.Phone => "tel", _ => null },
            Width = Width(),
            Options = Options(),
            Lookup = Field.Kind == FieldKind.Reference ? $"/lookup/{Field.Reference}" : null,
            LookupText = Form.Names.GetValueOrDefault(Field.Key),
            ViewContext = ViewContext,
        }.Process(context, output);
    }

    /// <summary>The value alone: there is nothing to be sent. A form that is shown again knows only what was sent.</summary>
    private void Locked(TagHelperOutput output)
    {
        output.TagName = null;
        var text = Form.Values.ContainsKey(Field.Key) ? ValueText.Of(Field, Form.Value(Field), Form.Values.GetValueOrDefault("currency") as string, texts, user.Habits) : null;
        var errors = ViewContext.ModelState[Field.Property]?.Errors.Select(e => e.ErrorMessage).ToList() ?? [];
        if (text is null && errors.Count == 0)
            return;

        output.Content.AppendHtml("<div class=\"field\"><span class=\"label\">").Append(texts[Field.Label]).AppendHtml("</span><span class=\"locked\">").Append(string.IsNullOrEmpty(text) ? "—" : text)
            .AppendHtml("</span><span class=\"help\">").Append(texts["Field.Locked"]).AppendHtml($"</span><span class=\"field-error\" data-valmsg-for=\"{Field.Property}\">").Append(string.Join(' ', errors)).AppendHtml("</span></div>");
    }

    private (Type, object?) Shown()
    {
        var value = Form.Value(Field);
        return Field.Kind switch
        {
            FieldKind.Choices => (Field.Choices!.MakeArrayType(), Chosen(value as Enum)),
            FieldKind.Reaches or FieldKind.Addresses => (typeof(string), FieldText.Write(value)),
            FieldKind.Tags => (typeof(string), value is IEnumerable<string> tags ? string.Join(", ", tags) : null),
            FieldKind.Moment => (typeof(string), value is DateTime at ? FieldInput.Format(Field, at, user.Habits) : null),
            FieldKind.Whole when value is not null => (typeof(string), FieldInput.Format(Field, value, user.Habits)),
            FieldKind.Language => (typeof(string), value),
            FieldKind.Country => (typeof(string), value is string code ? FieldInput.Format(Field, code, user.Habits) : null),
            _ => (Field.ValueType, value),
        };
    }

    private Array Chosen(Enum? value)
    {
        var chosen = Field.ChoiceValues.Where(one => value?.HasFlag(one) == true).ToList();
        var array = Array.CreateInstance(Field.Choices!, chosen.Count);
        for (var i = 0; i < chosen.Count; i++)
            array.SetValue(chosen[i], i);
        return array;
    }

    private IEnumerable<SelectListItem>? Options() => Field.Kind switch
    {
        FieldKind.Choices => Field.ChoiceValues.Select(v => new SelectListItem(texts.Name(v), v.ToString())),
        // One that is stored and not of these stays a choice, so that saving the form keeps it.
        FieldKind.Language => Languages.In(user.Habits.Language).Select(l => new SelectListItem(l.Name, l.Tag))
            .Concat(Form.Value(Field) is string tag && Languages.Tag(tag) is null ? [new SelectListItem(tag, tag)] : []),
        _ => null,
    };

    private string? Width() => Field.Kind switch
    {
        FieldKind.Whole or FieldKind.Day or FieldKind.Currency => "s",
        FieldKind.Money or FieldKind.Phone or FieldKind.Moment or FieldKind.Country => "m",
        _ when Field.Property is "PostalCode" or "TaxNumber" or "Salutation" => "m",
        _ => null,
    };
}
