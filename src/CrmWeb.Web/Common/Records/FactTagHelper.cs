using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>
/// The value of a field, and the way to change it where it stands: <c>&lt;crm-fact fact="fact" /&gt;</c>. Written as one text, since a customer's page holds forty of them.
/// </summary>
[HtmlTargetElement("crm-fact", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FactTagHelper(IStringLocalizer texts, ICurrentUser user, HtmlEncoder encoder) : TagHelper
{
    public required FactView Fact { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var (html, field) = (new StringBuilder(), Fact.Field);
        var isEditable = Fact.MayEdit && field.CanSet && field.Has(FieldUse.Inline);
        if (isEditable)
        {
            var (record, title) = (string.Create(CultureInfo.InvariantCulture, $"/{Fact.Type.Path}/{Fact.Id}"), encoder.Encode(texts["Record.EditField", texts[field.Label].Value]));
            html.Append(CultureInfo.InvariantCulture, $"""<crm-inline data-edit="{record}/fields/{field.Key}"><a class="editable" href="{record}/edit#{field.Property}" title="{title}">""");
        }
        Write(html, field, Fact.Values.GetValueOrDefault(field.Key));
        if (isEditable)
            html.Append("</a></crm-inline>");
        output.Content.SetHtmlContent(html.ToString());
    }

    private void Write(StringBuilder html, Field field, object? value)
    {
        var text = Text(field, value);
        if (text.Length == 0)
            html.Append("<span class=\"muted\" aria-hidden=\"true\">—</span><span class=\"vh\">").Append(encoder.Encode(texts["None"])).Append("</span>");
        else if (value is IEnumerable<string> tags)
            Badges(html, tags);
        else if (value is Enum choice && CellHtml.Tone(choice) is { } tone)
            html.Append("<span class=\"badge b-").Append(tone).Append("\">").Append(encoder.Encode(text)).Append("</span>");
        else if (field.Kind is FieldKind.LongText or FieldKind.Reaches or FieldKind.Addresses)
            html.Append("<span class=\"pre\">").Append(encoder.Encode(text)).Append("</span>");
        else
            html.Append(encoder.Encode(text));
    }

    private void Badges(StringBuilder html, IEnumerable<string> tags)
    {
        foreach (var tag in tags)
            html.Append("<span class=\"badge badge-o\">").Append(encoder.Encode(tag)).Append("</span>");
    }

    private string Text(Field field, object? value) => field.Kind == FieldKind.Reference
        ? Fact.Names.GetValueOrDefault(field.Key) ?? ""
        : ValueText.Of(field, value, Fact.Values.GetValueOrDefault("currency") as string, texts, user.Habits);
}
