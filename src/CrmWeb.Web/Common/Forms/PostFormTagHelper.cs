using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Common.Forms;

/// <summary>
/// What every posted form needs: the token, also where it posts to a plain address, which the framework's own helper leaves out;
/// and no checks by the browser, whose words would be in its language and beside ours. A form that makes a record has a key, so that two clicks make one.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    /// <summary>Whether it makes a record: by <see cref="CrmController.Once"/>, which knows the form again.</summary>
    [HtmlAttributeName("crm-makes")]
    public bool Makes { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute(new TagHelperAttribute("novalidate"));
        if (Makes)
            output.PostContent.AppendHtml($"<input type=\"hidden\" name=\"{FormKey.Field}\" value=\"{FormKey.New()}\" />");
        var isPlain = context.AllAttributes.TryGetAttribute("action", out var action) && !string.IsNullOrEmpty(action.Value?.ToString());
        if (isPlain && !context.AllAttributes.ContainsName("asp-antiforgery"))
            output.PostContent.AppendHtml(antiforgery.GetHtml(ViewContext.HttpContext));
    }
}
