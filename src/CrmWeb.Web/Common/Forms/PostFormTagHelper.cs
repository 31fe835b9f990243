using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Common.Forms;

/// <summary>
/// What every posted form needs: the token, also where it posts to a plain address, which the framework's own helper leaves out;
/// and no checks by the browser, whose words would be in its language and beside ours.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute(new TagHelperAttribute("novalidate"));
        var isPlain = context.AllAttributes.TryGetAttribute("action", out var action) && !string.IsNullOrEmpty(action.Value?.ToString());
        if (isPlain && !context.AllAttributes.ContainsName("asp-antiforgery"))
            output.PostContent.AppendHtml(antiforgery.GetHtml(ViewContext.HttpContext));
    }
}
