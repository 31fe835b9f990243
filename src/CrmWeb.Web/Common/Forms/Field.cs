using System.Globalization;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Display;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Forms;

/// <summary>A control and the element of it that takes further attributes.</summary>
internal sealed record FieldControl(IHtmlContent Content, TagBuilder Further, bool IsGroup = false);

/// <summary>Chooses and writes the control for one property.</summary>
internal sealed class Field(FieldTagHelper asked, string name, string id, IReadOnlyList<string> errors, ViewContext view, IStringLocalizer texts)
{
    private readonly ModelMetadata metadata = asked.For.Metadata;

    public string Name => name;
    public string Id => id;
    public string HelpId => $"{id}-help";
    public string ErrorId => $"{id}-error";
    public IReadOnlyList<string> Errors => errors;
    public bool IsCheckbox => ValueType == typeof(bool) && metadata.ModelType == typeof(bool);

    /// <summary>A record's attributes stand on its constructor's parameters.</summary>
    public bool IsRequired => asked.Required ?? (metadata.IsRequired
        || metadata.ContainerMetadata?.BoundConstructor?.BoundConstructorParameters?.Any(p => p.ParameterName == metadata.PropertyName && p.IsRequired) == true);

    private Type ValueType => metadata.UnderlyingOrModelType;
    private bool IsMany => metadata.IsEnumerableType && ValueType != typeof(string);
    private Type ChoiceType => IsMany ? metadata.ElementMetadata!.UnderlyingOrModelType : ValueType;

    public FieldControl Control()
    {
        if (asked.Lookup is not null)
            return LookupBox();
        if (IsCheckbox)
            return Plain(Checkbox(Text is "true" or "True", "true", id));
        if (asked.Options is not null || ChoiceType.IsEnum || ValueType == typeof(bool))
            return IsMany || asked.Radio ? Choices() : Select(id);
        return asked.Rows > 0 ? TextArea() : Input();
    }

    private static FieldControl Plain(TagBuilder control) => new(control, control);

    private FieldControl Input()
    {
        var input = Described(new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing });
        var isNumber = ValueType == typeof(decimal) || ValueType == typeof(double) || ValueType == typeof(int) || ValueType == typeof(long);
        input.Attributes["type"] = asked.Type ?? "text";
        input.Attributes["autocomplete"] = asked.Autocomplete;
        if (asked.Type is not ("password" or "file"))
            input.Attributes["value"] = Text;
        if (isNumber)
            input.Attributes["inputmode"] = ValueType == typeof(int) || ValueType == typeof(long) ? "numeric" : "decimal";
        Widen(input, isNumber || ValueType == typeof(DateOnly) ? "s" : ValueType == typeof(TimeOnly) ? "xs" : null);
        return ValueType == typeof(DateOnly) ? new(Calendar(input), input) : Plain(input);
    }

    /// <summary>With script a calendar to choose from, and the day that words like "next fri" mean.</summary>
    private TagBuilder Calendar(TagBuilder input)
    {
        var whole = new TagBuilder("crm-date") { Attributes = { ["data-src"] = "/input/date", ["data-format"] = CultureInfo.CurrentCulture.Name } };
        var button = new TagBuilder("button") { Attributes = { ["type"] = "button", ["class"] = "date-btn js-only", ["aria-label"] = texts["Form.Calendar"], ["title"] = texts["Form.Calendar"] } };
        button.InnerHtml.AppendHtml(Icon.Svg(view.HttpContext, "calendar"));
        whole.InnerHtml.AppendHtml("<span class=\"date-box\">").AppendHtml(input).AppendHtml(button)
            .AppendHtml("<input type=\"date\" class=\"date-native\" tabindex=\"-1\" aria-hidden=\"true\"></span><span class=\"help\" role=\"status\"></span>");
        return whole;
    }

    private FieldControl TextArea()
    {
        var area = Described(new TagBuilder("textarea") { Attributes = { ["rows"] = asked.Rows.ToString(CultureInfo.InvariantCulture) } });
        area.InnerHtml.AppendHtml("\n").Append(Text); // the parser drops the first line break
        Widen(area, standard: null);
        return Plain(area);
    }

    private FieldControl Select(string? elementId)
    {
        var select = Described(new TagBuilder("select"), "select");
        if (elementId is null)
            select.Attributes.Remove("id");
        if (!IsRequired || Text.Length == 0)
            select.InnerHtml.AppendHtml(Option(new(asked.Empty ?? "", ""), chosen: false));
        foreach (var option in Options())
            select.InnerHtml.AppendHtml(Option(option, IsChosen(option)));
        Widen(select, "m");
        return Plain(select);
    }

    private FieldControl Choices()
    {
        var list = new TagBuilder("div") { Attributes = { ["class"] = "choices", ["id"] = id } };
        foreach (var (option, at) in Options().Select((o, at) => (o, at)))
        {
            var label = new TagBuilder("label") { Attributes = { ["class"] = "choice" } };
            label.InnerHtml.AppendHtml(Checkbox(IsChosen(option), option.Value, $"{id}-{at}", IsMany ? "checkbox" : "radio")).AppendHtml("<span>").Append(option.Text).AppendHtml("</span>");
            list.InnerHtml.AppendHtml(label);
        }

        return new(list, list, IsGroup: true);
    }

    private FieldControl LookupBox()
    {
        var box = Described(new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing });
        box.Attributes.Remove("name");
        box.AddCssClass("js-only");
        box.MergeAttributes(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["type"] = "text",
            ["role"] = "combobox",
            ["aria-expanded"] = "false",
            ["aria-autocomplete"] = "list",
            ["autocomplete"] = "off",
            ["value"] = asked.LookupText,
        });
        var value = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing, Attributes = { ["type"] = "hidden", ["name"] = name, ["value"] = Text } };
        var whole = new TagBuilder("crm-combobox") { Attributes = { ["data-src"] = asked.Lookup } };
        whole.InnerHtml.AppendHtml("<noscript>").AppendHtml(WithoutScript()).AppendHtml("</noscript>").AppendHtml(value).AppendHtml(box)
            .AppendHtml("<button class=\"combo-x js-only\" type=\"button\" aria-label=\"").Append(texts["Lookup.Clear"]).AppendHtml("\">")
            .AppendHtml(Icon.Svg(view.HttpContext, "x", "sm")).AppendHtml("</button>");
        Widen(whole, standard: null);
        return new(whole, box);
    }

    /// <summary>Comes before the hidden value, so that it is the one that counts when there is no script.</summary>
    private TagBuilder WithoutScript()
    {
        var plain = asked.Options is null
            ? new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing, Attributes = { ["class"] = "input in-s", ["name"] = name, ["value"] = Text, ["inputmode"] = "numeric" } }
            : Select(elementId: null).Further;
        plain.Attributes["aria-label"] = metadata.GetDisplayName();
        return plain;
    }

    private TagBuilder Checkbox(bool isChosen, string value, string elementId, string type = "checkbox")
    {
        var box = Described(new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing }, type is "radio" ? "check radio" : "check");
        box.Attributes["type"] = type;
        box.Attributes["value"] = value;
        box.Attributes["id"] = elementId;
        box.Attributes.Remove("aria-required"); // said by the group's legend
        if (isChosen)
            box.Attributes["checked"] = "checked";
        return box;
    }

    private TagBuilder Described(TagBuilder control, string classes = "input")
    {
        control.AddCssClass(classes);
        control.Attributes["id"] = id;
        control.Attributes["name"] = name;
        if (errors.Count > 0)
            control.Attributes["aria-invalid"] = "true";
        if (IsRequired && !IsCheckbox)
            control.Attributes["aria-required"] = "true";
        var describedBy = string.Join(' ', new[] { asked.Help is null ? null : HelpId, errors.Count == 0 ? null : ErrorId }.Where(part => part is not null));
        if (describedBy.Length > 0)
            control.Attributes["aria-describedby"] = describedBy;
        return control;
    }

    private void Widen(TagBuilder control, string? standard)
    {
        if ((asked.Width ?? standard) is { } width)
            control.AddCssClass($"in-{width}");
    }

    private static TagBuilder Option(SelectListItem item, bool chosen)
    {
        var option = new TagBuilder("option") { Attributes = { ["value"] = item.Value } };
        if (chosen)
            option.Attributes["selected"] = "selected";
        if (item.Disabled)
            option.Attributes["disabled"] = "disabled";
        option.InnerHtml.Append(item.Text);
        return option;
    }

    private IEnumerable<SelectListItem> Options() => asked.Options
        ?? (ChoiceType == typeof(bool) ? [new(texts["Yes"], "true"), new(texts["No"], "false")]
            : Enum.GetNames(ChoiceType).Select(value => new SelectListItem(texts[$"{ChoiceType.Name}.{value}"], value)));

    private bool IsChosen(SelectListItem option) => Values().Contains(option.Value, StringComparer.OrdinalIgnoreCase) || (asked.For.Model is null && Text.Length == 0 && option.Selected);

    /// <summary>What was typed; otherwise what the record holds.</summary>
    private string Text => Values().FirstOrDefault() ?? "";

    private IEnumerable<string> Values()
    {
        if (view.ModelState.TryGetValue(name, out var entry) && entry.RawValue is not null)
            return entry.RawValue as string[] ?? [Convert.ToString(entry.RawValue, CultureInfo.CurrentCulture) ?? ""];
        return asked.For.Model is System.Collections.IEnumerable many and not string ? many.Cast<object>().Select(Written) : [Written(asked.For.Model)];
    }

    private static string Written(object? value) => value switch
    {
        null => "",
        DateOnly date => DateInput.Format(date, CultureInfo.CurrentCulture),
        TimeOnly time => TimeInput.Format(time, CultureInfo.CurrentCulture),
        decimal number => NumberInput.Format(number, CultureInfo.CurrentCulture),
        bool yes => yes ? "true" : "false",
        Enum choice => choice.ToString(),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "",
    };
}
