using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Common.Display;

/// <summary>A short word on its meaning's colour: <c>&lt;crm-badge tone="red" icon="alert-triangle"&gt;At risk&lt;/crm-badge&gt;</c>.</summary>
[HtmlTargetElement("crm-badge")]
public sealed class BadgeTagHelper : TagHelper
{
    /// <summary>green, amber, red, blue, violet, accent, outline; grey when none is named.</summary>
    public string? Tone { get; set; }
    public string? Icon { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.Attributes.SetAttribute("class", Tone switch
        {
            null or "" or "grey" => "badge",
            "outline" => "badge badge-o",
            _ => $"badge b-{Tone}",
        });
        if (Icon is not null)
            output.PreContent.SetHtmlContent(Display.Icon.Svg(ViewContext.HttpContext, Icon));
    }
}
