using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>One control of a filter: <c>&lt;crm-filter-field form="Model" part="add.value" /&gt;</c>. The kind of the field chooses what <c>crm-field</c> is to show.</summary>
[HtmlTargetElement("crm-filter-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FilterFieldTagHelper(IStringLocalizer texts, IModelMetadataProvider metadata, ICurrentUser user) : TagHelper
{
    public required FilterForm Form { get; set; }

    /// <summary>Which of the form's keys it fills in.</summary>
    public required string Part { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        new FieldTagHelper(texts)
        {
            For = new(Part, metadata.GetModelExplorerForType(Type(), model: null)),
            Label = texts[$"Filter.Part.{Part[4..]}"],
            Help = Form.IsTime && Part is FilterForm.ValueKey or FilterForm.ToKey ? texts["Filter.DayHelp"].Value : null,
            MarkOptional = false,
            Options = Options(),
            Radio = Form.Field.Kind == FieldKind.Flag,
            Lookup = Form.Field.Kind == FieldKind.Reference ? $"/lookup/{Form.Field.Reference}" : null,
            LookupText = Form.Name,
            ViewContext = ViewContext,
        }.Process(context, output);
    }

    private Type Type() => (Part, Form.Field.Kind) switch
    {
        (FilterForm.DaysKey, _) => typeof(int?),
        (FilterForm.PeriodKey, _) => typeof(string),
        (_, FieldKind.Choice or FieldKind.Choices) => Form.Field.Choices!.MakeArrayType(),
        (_, FieldKind.Flag) => typeof(bool?),
        (_, FieldKind.Reference) => typeof(long?),
        (_, FieldKind.Day or FieldKind.Moment) => typeof(DateOnly?),
        (_, FieldKind.Whole or FieldKind.Number or FieldKind.Money) => typeof(decimal?),
        _ => typeof(string),
    };

    private IEnumerable<SelectListItem>? Options() => (Part, Form.Field.Kind) switch
    {
        (FilterForm.PeriodKey, _) => Periods.Words.Select(p => new SelectListItem(texts[$"Period.{p}"], p)),
        (FilterForm.ValueKey, FieldKind.Language) => Languages.In(user.Habits.Language).Select(l => new SelectListItem(l.Name, l.Tag)),
        (FilterForm.ValueKey, FieldKind.Country) => Countries.In(user.Habits.Language).Select(c => new SelectListItem(c.Name, c.Code)),
        (FilterForm.ValueKey, FieldKind.Choice or FieldKind.Choices) => Form.Field.ChoiceValues.Select(v => new SelectListItem(texts.Name(v), v.ToString())),
        _ => null,
    };
}
