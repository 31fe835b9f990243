using System.Globalization;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>
/// The value of a field, and the way to change it where it stands: <c>&lt;crm-fact fact="fact" /&gt;</c>. Written in code, since a customer's page holds forty of them.
/// </summary>
[HtmlTargetElement("crm-fact", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FactTagHelper(IStringLocalizer texts, ICurrentUser user) : TagHelper
{
    public required FactView Fact { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var (html, field) = (output.Content, Fact.Field);
        var isEditable = Fact.MayEdit && field.CanSet && field.Has(FieldUse.Inline);
        if (isEditable)
        {
            html.AppendHtml("<crm-inline data-edit=\"/").Append(Fact.Type.Path).AppendHtml("/").Append(Number(Fact.Id)).AppendHtml("/fields/").Append(field.Key)
                .AppendHtml("\"><a class=\"editable\" href=\"/").Append(Fact.Type.Path).AppendHtml("/").Append(Number(Fact.Id)).AppendHtml("/edit#").Append(field.Property)
                .AppendHtml("\" title=\"").Append(texts["Record.EditField", texts[field.Label].Value]).AppendHtml("\">");
        }
        Write(html, field, Fact.Values.GetValueOrDefault(field.Key));
        if (isEditable)
            html.AppendHtml("</a></crm-inline>");
    }

    private void Write(TagHelperContent html, Field field, object? value)
    {
        var text = Text(field, value);
        if (text.Length == 0)
            html.AppendHtml("<span class=\"muted\" aria-hidden=\"true\">—</span><span class=\"vh\">").Append(texts["None"]).AppendHtml("</span>");
        else if (value is IEnumerable<string> tags)
            Badges(html, tags);
        else if (value is Enum choice && CellHtml.Tone(choice) is { } tone)
            html.AppendHtml("<span class=\"badge b-").Append(tone).AppendHtml("\">").Append(text).AppendHtml("</span>");
        else if (field.Kind is FieldKind.LongText or FieldKind.Reaches or FieldKind.Addresses)
            html.AppendHtml("<span class=\"pre\">").Append(text).AppendHtml("</span>");
        else
            html.Append(text);
    }

    private static void Badges(TagHelperContent html, IEnumerable<string> tags)
    {
        foreach (var tag in tags)
            html.AppendHtml("<span class=\"badge badge-o\">").Append(tag).AppendHtml("</span>");
    }

    private string Text(Field field, object? value) => field.Kind == FieldKind.Reference
        ? Fact.Names.GetValueOrDefault(field.Key) ?? ""
        : ValueText.Of(field, value, Fact.Values.GetValueOrDefault("currency") as string, texts, user.Habits);

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
