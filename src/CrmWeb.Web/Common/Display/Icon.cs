using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Common.Display;

/// <summary>A picture of the sprite: <c>&lt;crm-icon name="phone" size="sm" /&gt;</c>. Hidden from screen readers; the words beside it, or the button's label, say what it means.</summary>
[HtmlTargetElement("crm-icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public required string Name { get; set; }

    /// <summary>sm, lg or nothing.</summary>
    public string? Size { get; set; }

    /// <summary>Further classes: warn, ok.</summary>
    public string? Tone { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Icon.Svg(ViewContext.HttpContext, Name, Size, Tone));
    }
}

/// <summary>Icons for tag helpers and for rows that must be written fast.</summary>
public static class Icon
{
    private static readonly ConcurrentDictionary<(string Sprite, string Name, string? Size, string? Tone), HtmlString> Drawn = new();

    public static IHtmlContent Svg(HttpContext http, string name, string? size = null, string? tone = null) =>
        Drawn.GetOrAdd((http.Asset(Assets.Sprite), name, size, tone), static icon =>
        {
            var classes = string.Join(' ', new[] { "i", icon.Size is null ? null : $"i-{icon.Size}", icon.Tone }.Where(c => c is not null));
            var encode = HtmlEncoder.Default;
            return new($"""<svg class="{encode.Encode(classes)}" aria-hidden="true"><use href="{encode.Encode(icon.Sprite)}#{encode.Encode(icon.Name)}"/></svg>""");
        });
}
