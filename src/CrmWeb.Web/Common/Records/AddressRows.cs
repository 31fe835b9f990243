using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace CrmWeb.Web.Common.Records;

/// <summary>
/// Addresses in a form: a row of boxes for each and some for new ones, all sent under the field's one name. Without script too: a style shows the next empty row
/// when something is typed into the one before it, and a row without a kind is taken away.
/// </summary>
internal sealed class AddressRows(IStringLocalizer texts, Habits habits)
{
    private const int Empty = 5;
    private static readonly int Boxes = 1 + Address.Parts.Count;

    /// <summary>What was sent: of each address its kind and its parts.</summary>
    public static (object? Value, Broken? Broken) Read(Services.Common.Field field, StringValues sent)
    {
        var addresses = new List<Address>();
        foreach (var row in Rows(sent).Where(r => r[0].Length > 0))
        {
            if (FieldText.AddressKindOf(row[0]) is not { } kind)
                return (null, new("Error.Choice", field.Property, row[0]));
            if (Address.Of(kind, row[1..]) is { } address)
                addresses.Add(address);
        }
        return (addresses, null);
    }

    /// <param name="stored">What the record holds; what was typed goes before it.</param>
    public FieldControl Control(Forms.Field field, object? stored, ModelStateDictionary state)
    {
        var typed = state.TryGetValue(field.Name, out var entry) && entry.RawValue is string[] { Length: > 1 } sent ? sent : null;
        var rows = typed is null ? Stored(stored) : Filled(typed);
        var group = new TagBuilder("div") { Attributes = { ["class"] = "addresses", ["id"] = field.Id, ["tabindex"] = "-1" } };
        for (var at = 0; at < rows.Count + Empty; at++)
            group.InnerHtml.AppendHtml(Row(field, at, at < rows.Count ? rows[at] : null));
        return new(group, group, IsGroup: true);
    }

    private TagBuilder Row(Forms.Field field, int at, string[]? row)
    {
        var group = new TagBuilder("div") { Attributes = { ["class"] = row is null ? "address blank" : "address", ["role"] = "group", ["aria-label"] = texts["Address.Number", at + 1], ["aria-describedby"] = $"{field.HelpId} {field.ErrorId}" } };
        group.InnerHtml.AppendHtml(Labelled(texts["Address.Kind"], Kinds(field.Name, row?[0], isNew: row is null)));
        foreach (var ((part, longest), place) in Address.Parts.Select((p, place) => (p, place)))
        {
            var box = new TagBuilder("input")
            {
                TagRenderMode = TagRenderMode.SelfClosing,
                Attributes = { ["class"] = "input", ["name"] = field.Name, ["value"] = row?[place + 1], ["maxlength"] = longest.ToString(CultureInfo.InvariantCulture), ["placeholder"] = " ", ["autocomplete"] = "off" },
            };
            group.InnerHtml.AppendHtml(Labelled(texts.Name(part), box, part == AddressPart.Street ? "mini-field wide" : "mini-field"));
        }
        return group;
    }

    private TagBuilder Kinds(string name, string? chosen, bool isNew)
    {
        var select = new TagBuilder("select") { Attributes = { ["class"] = "select", ["name"] = name } };
        foreach (var kind in Enum.GetValues<AddressKind>())
            select.InnerHtml.AppendHtml(Option(kind.ToString(), texts.Name(kind), chosen == kind.ToString()));
        if (!isNew)
            select.InnerHtml.AppendHtml(Option("", texts["Address.Remove"], chosen is ""));
        return select;
    }

    private static TagBuilder Option(string value, string text, bool isChosen)
    {
        var option = new TagBuilder("option") { Attributes = { ["value"] = value } };
        if (isChosen)
            option.Attributes["selected"] = "selected";
        option.InnerHtml.Append(text);
        return option;
    }

    private static TagBuilder Labelled(string text, IHtmlContent control, string classes = "mini-field")
    {
        var label = new TagBuilder("label") { Attributes = { ["class"] = classes } };
        label.InnerHtml.AppendHtml("<span>").Append(text).AppendHtml("</span>").AppendHtml(control);
        return label;
    }

    private List<string[]> Stored(object? stored) => [.. (stored as IEnumerable<Address> ?? []).Select(a => (string[])
        [a.Kind.ToString(), .. Address.Parts.Zip(a.Values, (p, value) => value is not null && p.Part == AddressPart.Country ? Countries.Name(value, habits.Language) : value ?? "")])];

    private static List<string[]> Filled(IEnumerable<string?> sent) => [.. Rows(sent).Where(r => r[1..].Any(p => p.Length > 0))];

    private static IEnumerable<string[]> Rows(IEnumerable<string?> sent) => sent.Chunk(Boxes).Select(row => (string[])[.. row.Select(v => v ?? ""), .. Enumerable.Repeat("", Boxes - row.Length)]);
}
