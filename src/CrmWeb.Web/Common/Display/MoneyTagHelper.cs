using System.Text.Encodings.Web;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Display;

/// <summary>An amount with its currency: <c>&lt;crm-money amount="row.Amount" currency="row.Currency" compact /&gt;</c>. Nothing known is a dash.</summary>
[HtmlTargetElement("crm-money", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MoneyTagHelper(IStringLocalizer texts) : TagHelper
{
    public decimal? Amount { get; set; }
    public string? Currency { get; set; }

    /// <summary>Large amounts in thousands and millions, 万 and 亿.</summary>
    public bool Compact { get; set; }

    /// <summary>All decimals: documents.</summary>
    public bool Exact { get; set; }

    /// <summary>Currencies stand side by side.</summary>
    public bool Mixed { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Amount is not { } amount || string.IsNullOrEmpty(Currency))
        {
            output.AddClass("muted", HtmlEncoder.Default);
            output.Content.SetHtmlContent("<span aria-hidden=\"true\">—</span><span class=\"vh\">").Append(texts["None"]).AppendHtml("</span>");
            return;
        }

        output.AddClass("num", HtmlEncoder.Default);
        output.AddClass("nowrap", HtmlEncoder.Default);
        output.Content.SetContent(Exact ? MoneyText.Exact(amount, Currency, Mixed)
            : Compact ? MoneyText.Compact(amount, Currency, texts, Mixed)
            : MoneyText.Brief(amount, Currency, Mixed));
        if (Compact)
            output.Attributes.SetAttribute("title", MoneyText.Exact(amount, Currency, Mixed));
    }
}
