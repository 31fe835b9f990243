using System.Globalization;
using System.Text.Encodings.Web;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Display;

/// <summary>
/// A moment or a day as this reader sees it: <c>&lt;crm-time at="row.At" relative /&gt;</c>, <c>&lt;crm-time on="row.DueOn" due /&gt;</c>.
/// The tooltip has it in full. Nothing known is a dash.
/// </summary>
[HtmlTargetElement("crm-time", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TimeTagHelper(ICurrentUser user, TimeProvider clock, IStringLocalizer texts) : TagHelper
{
    /// <summary>UTC; shown in the reader's zone.</summary>
    public DateTime? At { get; set; }

    /// <summary>A plain date; no zone moves it.</summary>
    public DateOnly? On { get; set; }

    /// <summary>Told from now while near: 5 min ago, Yesterday.</summary>
    public bool Relative { get; set; }

    /// <summary>Something to be done by then: late is said, in red.</summary>
    public bool Due { get; set; }

    /// <summary>Of a moment, only its day (date) or its time of day (time).</summary>
    public string? Part { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        var now = user.Habits.Local(clock.GetUtcNow().UtcDateTime);
        if (At is { } at)
            Moment(output, at, user.Habits.Local(at), now);
        else if (On is { } day)
            Day(output, day, DateOnly.FromDateTime(now));
        else
            Nothing(output);
    }

    private void Moment(TagHelperOutput output, DateTime utc, DateTime local, DateTime now)
    {
        var today = DateOnly.FromDateTime(now);
        output.Attributes.SetAttribute("datetime", utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", DateText.Full(local));
        if (Relative && Part is null)
            output.Attributes.SetAttribute(new TagHelperAttribute("data-relative"));
        if (Due && local < now)
            output.AddClass("late", HtmlEncoder.Default);

        output.Content.SetContent(Part switch
        {
            "time" => DateText.Time(local),
            "date" when Relative => DateText.Relative(DateOnly.FromDateTime(local), today, texts),
            "date" => DateText.Brief(DateOnly.FromDateTime(local), today),
            _ when Due && DateOnly.FromDateTime(local) < today => DateText.Due(DateOnly.FromDateTime(local), today, texts),
            _ when Relative || Due => DateText.Relative(local, now, texts),
            _ => DateText.Brief(local, today),
        });
    }

    private void Day(TagHelperOutput output, DateOnly day, DateOnly today)
    {
        output.Attributes.SetAttribute("datetime", day.ToString("O", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", DateText.Full(day));
        if (Due && day < today)
            output.AddClass("late", HtmlEncoder.Default);
        output.Content.SetContent(Due ? DateText.Due(day, today, texts) : Relative ? DateText.Relative(day, today, texts) : DateText.Brief(day, today));
    }

    private void Nothing(TagHelperOutput output)
    {
        output.TagName = "span";
        output.AddClass("muted", HtmlEncoder.Default);
        output.Content.SetHtmlContent("<span aria-hidden=\"true\">—</span><span class=\"vh\">").Append(texts["None"]).AppendHtml("</span>");
    }
}
