using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Display;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Forms;

/// <summary>What there is to fix in a form, on top of it, focused, each line a link to its field: <c>&lt;crm-errors /&gt;</c>. Nothing when all is well.</summary>
[HtmlTargetElement("crm-errors", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorsTagHelper(IStringLocalizer texts) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = Errors().ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "errors");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.SetAttribute(new TagHelperAttribute("autofocus"));
        output.Content.AppendHtml("<h2>").AppendHtml(Icon.Svg(ViewContext.HttpContext, "alert-circle")).Append(texts.Count("Form.ToFix", errors.Count)).AppendHtml("</h2><ul>");
        foreach (var (field, text) in errors)
            output.Content.AppendHtml("<li>").AppendHtml(Line(field, text)).AppendHtml("</li>");
        output.Content.AppendHtml("</ul>");
    }

    private IEnumerable<(string Field, string Text)> Errors() =>
        from entry in ViewContext.ModelState
        from error in entry.Value?.Errors ?? []
        orderby Place(entry.Key)
        select (entry.Key, error.ErrorMessage.Length > 0 ? error.ErrorMessage : texts["Error.Format"].Value);

    private TagBuilder Line(string field, string text)
    {
        var known = Named(field);
        var line = new TagBuilder(known is null ? "span" : "a");
        if (known is null)
        {
            line.InnerHtml.Append(text);
            return line;
        }

        line.Attributes["href"] = $"#{TagBuilder.CreateSanitizedId(field, "_")}";
        line.InnerHtml.Append(texts["Form.Error", known.GetDisplayName(), text]);
        return line;
    }

    /// <summary>The property a name like Lines[0].Quantity means.</summary>
    private ModelMetadata? Named(string field)
    {
        var at = (ModelMetadata?)ViewContext.ViewData.ModelMetadata;
        foreach (var part in field.Split('.'))
        {
            at = at?.ElementMetadata ?? at;
            at = at?.Properties[part.Split('[')[0]];
        }

        return field.Length == 0 ? null : at;
    }

    private int Place(string field)
    {
        var properties = ViewContext.ViewData.ModelMetadata.Properties;
        var first = field.Split('.', '[')[0];
        for (var at = 0; at < properties.Count; at++)
        {
            if (properties[at].PropertyName == first)
                return at;
        }

        return -1;
    }
}
