using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Common.Display;

/// <summary>Initials in the person's or company's tint: <c>&lt;crm-avatar id="row.OwnerId" name="row.Owner" kind="user" size="sm" /&gt;</c>. The name stands beside it.</summary>
[HtmlTargetElement("crm-avatar", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    private static readonly string[] Tints = ["av-a", "av-b", "av-c", "av-d", "av-e", "av-f"];

    public long? Id { get; set; }
    public string? Name { get; set; }

    /// <summary>person, user or company.</summary>
    public AvatarKind Kind { get; set; } = AvatarKind.Person;

    /// <summary>sm, md, lg or nothing.</summary>
    public string? Size { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", string.Concat(
            "av ", Id is { } id ? Tints[Initials.Tint(id)] : "", Size is null ? "" : " av-", Size, Kind == AvatarKind.Company ? " av-sq" : ""));
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetContent(Initials.Of(Name, Kind, brief: Size is "sm"));
    }
}
