using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Common.Frame;

/// <summary>
/// A button that opens a list of actions: <c>&lt;crm-menu label="More" icon="dots" icon-only&gt;&lt;crm-item …/&gt;&lt;/crm-menu&gt;</c>.
/// The browser opens it; script only places it and adds the keys.
/// </summary>
[HtmlTargetElement("crm-menu")]
public sealed class MenuTagHelper : TagHelper
{
    public required string Label { get; set; }
    public string? Icon { get; set; }

    /// <summary>The label is only said, not shown.</summary>
    public bool IconOnly { get; set; }

    /// <summary>Further classes of the button: btn-primary, btn-sm.</summary>
    public string? Button { get; set; }

    /// <summary>Single key that opens it, shown to screen readers.</summary>
    public string? Keys { get; set; }

    /// <summary>start or end edge of the button.</summary>
    public string Align { get; set; } = "end";

    /// <summary>Id of the list; made up when not given.</summary>
    public string? Id { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await output.GetChildContentAsync();
        var id = Id ?? $"menu-{context.UniqueId[..8]}";
        output.TagName = "crm-menu";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.AppendHtml(Opener(id)).AppendHtml(List(id, items));
    }

    private TagBuilder Opener(string id)
    {
        var button = new TagBuilder("button") { Attributes = { ["type"] = "button", ["popovertarget"] = id, ["aria-haspopup"] = "menu" } };
        button.AddCssClass(string.Join(' ', new[] { "btn", IconOnly ? "btn-icon" : null, Button }.Where(c => c is not null)));
        if (Keys is not null)
            button.Attributes["aria-keyshortcuts"] = Keys;
        if (Icon is not null)
            button.InnerHtml.AppendHtml(Display.Icon.Svg(ViewContext.HttpContext, Icon));
        if (!IconOnly)
        {
            button.InnerHtml.Append(Label);
            return button;
        }

        button.Attributes["aria-label"] = Label;
        button.Attributes["title"] = Label;
        return button;
    }

    private TagBuilder List(string id, TagHelperContent items)
    {
        var list = new TagBuilder("div") { Attributes = { ["id"] = id, ["popover"] = "auto", ["class"] = "menu", ["role"] = "menu", ["aria-label"] = Label, ["data-align"] = Align } };
        list.InnerHtml.AppendHtml(items);
        return list;
    }
}

/// <summary>One action of a menu: a link with <c>href</c>, a button with <c>post</c>.</summary>
[HtmlTargetElement("crm-item")]
public sealed class MenuItemTagHelper(IAntiforgery antiforgery) : TagHelper
{
    public string? Href { get; set; }

    /// <summary>Address the button posts to.</summary>
    public string? Post { get; set; }
    public string? Icon { get; set; }

    /// <summary>Keys shown at the end, separated by blanks.</summary>
    public string? Keys { get; set; }
    public bool Danger { get; set; }

    /// <summary>Opens as a dialog where there is room for one.</summary>
    public bool Dialog { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = await output.GetChildContentAsync();
        output.TagName = Post is null ? "a" : "button";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("role", "menuitem");
        if (Danger)
            output.Attributes.SetAttribute("class", "danger");
        if (Dialog)
            output.Attributes.SetAttribute(new TagHelperAttribute("data-dialog"));
        if (Post is null)
            output.Attributes.SetAttribute("href", Href);
        else
            Form(output);

        if (Icon is not null)
            output.Content.AppendHtml(Display.Icon.Svg(ViewContext.HttpContext, Icon));
        output.Content.AppendHtml("<span>").AppendHtml(text).AppendHtml("</span>");
        foreach (var key in Keys?.Split(' ') ?? [])
            output.Content.AppendHtml("<kbd aria-hidden=\"true\">").Append(key).AppendHtml("</kbd>");
    }

    private void Form(TagHelperOutput output)
    {
        var form = new TagBuilder("form") { TagRenderMode = TagRenderMode.StartTag, Attributes = { ["method"] = "post", ["action"] = Post } };
        output.Attributes.SetAttribute("type", "submit");
        output.PreElement.AppendHtml(form).AppendHtml(antiforgery.GetHtml(ViewContext.HttpContext));
        output.PostElement.AppendHtml("</form>");
    }
}
