using System.Globalization;
using System.Text.Encodings.Web;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Bulk;
using CrmWeb.Web.Common.Display;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Records;

/// <summary>Writes the cells of lists; one object serves a whole page, so that fifty rows cost little.</summary>
public sealed class CellHtml(HttpContext http, ICurrentUser user, TimeProvider clock, IStringLocalizer texts)
{
    private static readonly string[] Tints = ["av-a", "av-b", "av-c", "av-d", "av-e", "av-f"];
    private readonly Dictionary<(string Name, AvatarKind Kind, bool IsBrief), string> initials = []; // the same few owners stand in many rows
    private readonly RecordCatalogue catalogue = http.RequestServices.GetRequiredService<RecordCatalogue>();
    private readonly DateTime now = user.Habits.Local(clock.GetUtcNow().UtcDateTime);

    /// <summary>All rows of a page.</summary>
    public IHtmlContent Rows(ListView list) => new Content((writer, encoder) =>
    {
        foreach (var row in list.Page.Rows)
        {
            RowStart(writer, encoder, list, row);
            Cells(writer, encoder, list.Type, list.Page.Columns, row);
            writer.Write("</tr>\n");
        }
    });

    /// <summary>All cells of a row.</summary>
    public IHtmlContent Of(RecordType type, IReadOnlyList<Field> columns, ListRow row) => new Content((writer, encoder) => Cells(writer, encoder, type, columns, row));

    private void Cells(TextWriter writer, HtmlEncoder encoder, RecordType type, IReadOnlyList<Field> columns, ListRow row)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            writer.Write(Start(Classes(columns[i], i)));
            Write(writer, encoder, type, columns[i], row, row.Cells[i]);
            writer.Write("</td>");
        }
    }

    private void RowStart(TextWriter writer, HtmlEncoder encoder, ListView list, ListRow row)
    {
        var (isChosen, isOpen) = (list.Selection?.Selection.Holds(row.Id) == true, list.Editable.Contains(row.Id));
        writer.Write("<tr data-id=\"");
        writer.Write(row.Id);
        writer.Write((isChosen, isOpen) switch { (true, true) => "\" class=\"chosen open\">", (true, false) => "\" class=\"chosen\">", (false, true) => "\" class=\"open\">", _ => "\">" });
        if (list.Selection is null)
            return;

        writer.Write("<td class=\"ck\"><label><input type=\"checkbox\" name=\"id\" value=\"");
        writer.Write(row.Id);
        writer.Write($"\" form=\"{SelectionView.FormId}\"{(isChosen ? " checked" : "")} aria-label=\"");
        encoder.Encode(writer, texts["Selection.Row", ListView.TitleOf(list.Page, row)]);
        writer.Write("\" /></label></td>");
    }

    /// <summary>Classes of a column: numbers stand right. Phones show the first two columns, and below them an amount and what is next.</summary>
    public static string? Classes(Field field, int column) => field.Kind switch
    {
        FieldKind.Money => "r",
        FieldKind.Whole or FieldKind.Number => column > 1 ? "r m-hide" : "r",
        FieldKind.Day when field.Extras.Count > 0 => "m-wide",
        _ => column > 1 ? "m-hide" : null,
    };

    private static string Start(string? classes) => classes switch
    {
        null => "<td>",
        "r" => "<td class=\"r\">",
        "m-hide" => "<td class=\"m-hide\">",
        "m-wide" => "<td class=\"m-wide\">",
        _ => "<td class=\"r m-hide\">",
    };

    public static bool IsNumber(Field field) => field.Kind is FieldKind.Whole or FieldKind.Number or FieldKind.Money;

    private void Write(TextWriter writer, HtmlEncoder encoder, RecordType type, Field field, ListRow row, ListCell cell)
    {
        switch (field.Kind)
        {
            case FieldKind.Title:
                Title(writer, encoder, type, row, cell);
                break;
            case var _ when cell.Value is null or "" || cell.Value is IReadOnlyCollection<string> { Count: 0 }:
                writer.Write("<span class=\"muted\" aria-hidden=\"true\">—</span><span class=\"vh\">");
                encoder.Encode(writer, texts["None"]);
                writer.Write("</span>");
                break;
            case FieldKind.Reference:
                Reference(writer, encoder, field, cell);
                break;
            case FieldKind.Choice:
                Choice(writer, encoder, (Enum)cell.Value);
                break;
            case FieldKind.Day:
                Day(writer, encoder, (DateOnly)cell.Value, cell);
                break;
            case FieldKind.Moment:
                Moment(writer, encoder, (DateTime)cell.Value, cell);
                break;
            case FieldKind.Tags:
                foreach (var tag in (IEnumerable<string>)cell.Value)
                    Span(writer, encoder, "badge badge-o", tag);
                break;
            case FieldKind.Url:
                Link(writer, encoder, (string)cell.Value, WebAddress((string)cell.Value), external: true);
                break;
            case FieldKind.Email:
                Link(writer, encoder, $"mailto:{cell.Value}", (string)cell.Value, external: false);
                break;
            default:
                encoder.Encode(writer, Text(field, cell));
                break;
        }
    }

    private string Text(Field field, ListCell cell) => ValueText.Of(field, cell.Value, cell.Extras.Count > 0 ? cell.Extras[0] as string : null, texts, user.Habits);

    private void Title(TextWriter writer, HtmlEncoder encoder, RecordType type, ListRow row, ListCell cell)
    {
        var name = cell.Value as string ?? "";
        var kind = type.Name switch { "Customer" => cell.Extras.OfType<CustomerKind>().FirstOrDefault() == CustomerKind.Person ? AvatarKind.Person : AvatarKind.Company, "User" => AvatarKind.User, _ => AvatarKind.Person };
        writer.Write("<div class=\"cell-name\">");
        if (cell.Extras.OfType<ActivityKind>().Select(k => (ActivityKind?)k).FirstOrDefault() is { } activity)
            Icon.Svg(http, ActivityIcon.Of(activity)).WriteTo(writer, encoder);
        else
            Avatar(writer, encoder, row.Id, name, kind, "av-md");
        writer.Write("<div><a href=\"/");
        writer.Write(type.Path);
        writer.Write('/');
        writer.Write(row.Id);
        writer.Write("\">");
        encoder.Encode(writer, name.Length == 0 ? "—" : name);
        writer.Write("</a>");
        var under = string.Join(texts["PlaceSeparator"], cell.Extras.OfType<string>().Select(e => e.Length == 2 ? Countries.Name(e, user.Habits.Language) : e));
        if (under.Length > 0)
        {
            writer.Write("<small>");
            encoder.Encode(writer, under);
            writer.Write("</small>");
        }
        writer.Write("</div></div>");
    }

    private void Reference(TextWriter writer, HtmlEncoder encoder, Field field, ListCell cell)
    {
        var name = cell.Extras.Count > 0 ? cell.Extras[0] as string : null;
        if (field.Reference == "User")
        {
            writer.Write("<span class=\"who\">");
            Avatar(writer, encoder, (long)cell.Value!, name ?? "?", AvatarKind.User, "av-sm");
            encoder.Encode(writer, name ?? "");
            writer.Write("</span>");
        }
        else if (catalogue.Find(field.Reference!) is { } target && target.With(FieldUse.Form).Any())
        {
            Link(writer, encoder, $"/{target.Path}/{cell.Value}", name ?? "", external: false);
        }
        else
        {
            encoder.Encode(writer, name ?? "");
        }
    }

    private void Choice(TextWriter writer, HtmlEncoder encoder, Enum choice) => Span(writer, encoder, Tone(choice) is { } tone ? $"badge b-{tone}" : "badge", texts.Name(choice));

    /// <summary>Colour only where it means something.</summary>
    public static string? Tone(Enum choice) => choice switch
    {
        Lifecycle.Active => "green",
        Lifecycle.AtRisk => "red",
        Lifecycle.Prospect => "violet",
        Lifecycle.WonBack => "blue",
        Lifecycle.Lost => null,
        ActivityStatus.Done or ActivityStatus.Held => "green",
        ActivityStatus.Deferred => "amber",
        ActivityPriority.High => "amber",
        EmailState.Invalid or EmailState.OptedOut => "red",
        _ => null,
    };

    private void Day(TextWriter writer, HtmlEncoder encoder, DateOnly day, ListCell cell)
    {
        var today = DateOnly.FromDateTime(now);
        if (cell.Extras.Count > 0 && cell.Extras[0] is string what)
        {
            Span(writer, encoder, "clip", what);
            writer.Write(' ');
        }
        writer.Write($"<time class=\"due {(day < today ? "late" : "muted")}\" datetime=\"{day.ToString("O", CultureInfo.InvariantCulture)}\">");
        encoder.Encode(writer, day < today && cell.Extras.Count > 0 ? DateText.Due(day, today, texts) : DateText.Brief(day, today));
        writer.Write("</time>");
    }

    private void Moment(TextWriter writer, HtmlEncoder encoder, DateTime utc, ListCell cell)
    {
        var local = user.Habits.Local(utc);
        writer.Write("<span class=\"due\">");
        if (cell.Extras.Count > 0 && cell.Extras[0] is ActivityKind kind)
            Icon.Svg(http, ActivityIcon.Of(kind), "sm").WriteTo(writer, encoder);
        writer.Write($"<time datetime=\"{utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">");
        encoder.Encode(writer, DateText.Relative(local, now, texts));
        writer.Write("</time></span>");
    }

    private void Avatar(TextWriter writer, HtmlEncoder encoder, long id, string name, AvatarKind kind, string size)
    {
        writer.Write($"<span class=\"av {size} {Tints[Initials.Tint(id)]}{(kind == AvatarKind.Company ? " av-sq" : "")}\" aria-hidden=\"true\">");
        var asked = (name, kind, size == "av-sm");
        if (!initials.TryGetValue(asked, out var letters))
            initials[asked] = letters = Initials.Of(name, kind, brief: size == "av-sm");
        encoder.Encode(writer, letters);
        writer.Write("</span>");
    }

    private static void Span(TextWriter writer, HtmlEncoder encoder, string classes, string text)
    {
        writer.Write($"<span class=\"{classes}\">");
        encoder.Encode(writer, text);
        writer.Write("</span>");
    }

    private static void Link(TextWriter writer, HtmlEncoder encoder, string href, string text, bool external)
    {
        writer.Write("<a href=\"");
        encoder.Encode(writer, href);
        writer.Write(external ? "\" rel=\"noopener noreferrer\" target=\"_blank\">" : "\">");
        encoder.Encode(writer, text);
        writer.Write("</a>");
    }

    private static string WebAddress(string url) => url.Replace("https://", "", StringComparison.Ordinal).Replace("http://", "", StringComparison.Ordinal).TrimEnd('/');

    private sealed class Content(Action<TextWriter, HtmlEncoder> write) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => write(writer, encoder);
    }
}

/// <summary>Which picture stands for a kind of activity.</summary>
public static class ActivityIcon
{
    public static string Of(ActivityKind kind) => kind switch
    {
        ActivityKind.Call => "phone",
        ActivityKind.Meeting => "calendar-event",
        ActivityKind.Email => "mail",
        ActivityKind.Note => "notes",
        ActivityKind.Visit => "map-pin",
        _ => "checklist",
    };
}
