using CrmWeb.Web.Common.Display;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Forms;

/// <summary>
/// Label, help, control and message of one form property: <c>&lt;crm-field for="Name" /&gt;</c>. The property's type chooses the control;
/// further attributes (autofocus, placeholder, data-…) go to the control.
/// </summary>
[HtmlTargetElement("crm-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper(IStringLocalizer texts) : TagHelper
{
    public required ModelExpression For { get; set; }

    /// <summary>More than one line of text, this many at first.</summary>
    public int Rows { get; set; }

    /// <summary>Type of the input where it is not text: email, tel, url, password, search, file.</summary>
    public string? Type { get; set; }

    /// <summary>Fields about the reader himself say what they hold; those about others stay off.</summary>
    public string Autocomplete { get; set; } = "off";

    /// <summary>A sentence below the label.</summary>
    public string? Help { get; set; }

    /// <summary>Another label than the property's own.</summary>
    public string? Label { get; set; }

    /// <summary>What can be chosen, where it is not an enumeration.</summary>
    public IEnumerable<SelectListItem>? Options { get; set; }

    /// <summary>Text of the empty choice.</summary>
    public string? Empty { get; set; }

    /// <summary>All choices in view instead of a list to open.</summary>
    public bool Radio { get; set; }

    /// <summary>Address that answers matching records as JSON: the property holds a record's id.</summary>
    public string? Lookup { get; set; }

    /// <summary>Title of the record chosen now.</summary>
    public string? LookupText { get; set; }

    /// <summary>xs, s, m or l: as wide as what is typed.</summary>
    public string? Width { get; set; }

    /// <summary>Whether something must be typed, where the property's own attributes do not say it.</summary>
    public bool? Required { get; set; }

    /// <summary>False where marking every optional field would be noise.</summary>
    public bool MarkOptional { get; set; } = true;

    /// <summary>Draws the control, where the property's type alone does not say how.</summary>
    internal Func<Field, FieldControl>? Drawn { get; init; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var field = new Field(this, name, TagBuilder.CreateSanitizedId(name, "_"), Errors(name), ViewContext, texts);
        var control = Drawn?.Invoke(field) ?? field.Control();
        control.Further.MergeAttributes(output.Attributes.Where(a => a.Name != "class").ToDictionary(a => a.Name, a => a.Value?.ToString(), StringComparer.Ordinal), replaceExisting: true);
        output.Attributes.Clear();

        output.TagName = control.IsGroup ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", field.IsCheckbox ? "field field-check" : "field");
        if (field.IsCheckbox)
            output.Content.AppendHtml(control.Content).AppendHtml(Caption(field, control)).AppendHtml(HelpLine(field));
        else
            output.Content.AppendHtml(Caption(field, control)).AppendHtml(HelpLine(field)).AppendHtml(control.Content);
        output.Content.AppendHtml(Message(field));
    }

    private TagBuilder Caption(Field field, FieldControl control)
    {
        var label = new TagBuilder(control.IsGroup ? "legend" : "label");
        if (control.IsGroup)
            label.AddCssClass("label");
        else
            label.Attributes["for"] = field.Id;
        label.InnerHtml.Append(Label ?? For.Metadata.GetDisplayName());
        if (MarkOptional && !field.IsRequired && !field.IsCheckbox)
            label.InnerHtml.AppendHtml(" <span class=\"opt\">").Append(texts["Optional"]).AppendHtml("</span>");
        return label;
    }

    private IHtmlContent HelpLine(Field field)
    {
        if (Help is null)
            return HtmlString.Empty;

        var help = new TagBuilder("span") { Attributes = { ["class"] = "help", ["id"] = field.HelpId } };
        help.InnerHtml.Append(Help);
        return help;
    }

    private TagBuilder Message(Field field)
    {
        var message = new TagBuilder("span") { Attributes = { ["class"] = "field-error", ["id"] = field.ErrorId, ["data-valmsg-for"] = field.Name } };
        if (field.Errors.Count > 0)
            message.InnerHtml.AppendHtml(Icon.Svg(ViewContext.HttpContext, "alert-circle")).Append(string.Join(' ', field.Errors));
        return message;
    }

    private List<string> Errors(string name) =>
        [.. ViewContext.ModelState.TryGetValue(name, out var entry) ? entry.Errors.Select(Text) : []];

    private string Text(ModelError error) =>
        error.ErrorMessage.Length > 0 ? error.ErrorMessage : texts["Error.Format"];
}
