using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.Language;
using Microsoft.AspNetCore.Razor.Language.Extensions;
using Microsoft.AspNetCore.Razor.Language.Intermediate;

namespace CrmWeb.UnitTests.Architecture;

/// <summary>No view holds a text of its own: what people read comes from the resources, in their language.</summary>
public sealed partial class ViewTextsTests
{
    /// <summary>What stands on keys and in units is the same in every language.</summary>
    private static readonly HashSet<string> Everywhere = new(["CrmWeb", "Ctrl", "Ctrl+K", "Esc", "Enter", "K", "CSV", "ID", "UTC", "kB", "MB", "x"], StringComparer.Ordinal);

    [Fact]
    public void No_view_holds_a_text_of_its_own()
    {
        var views = SourceTree.Files("src/CrmWeb.Web", ".cshtml");

        Assert.True(views.Count > 20, "hardly any view was found");
        Expect.Nothing(views.SelectMany(v => Texts(v.Text).Select(t => $"{v}: {t}")));
    }

    [Theory]
    [InlineData("<p>Hello</p>", "Hello")]
    [InlineData("@if (true)\n{\n    <b>@Model.Name</b> <i>said</i>\n}", "said")]
    [InlineData("<a title=\"Close it\" href=\"/x\">@L[\"X\"]</a>", "title=Close it")]
    [InlineData("<input placeholder=\"Name\" type=\"text\" />", "placeholder=Name")]
    [InlineData("@foreach (var x in Model)\n{\n    @:literal @x\n}", "literal")]
    [InlineData("<p>客户</p>", "客户")]
    public void A_text_is_found_wherever_it_hides(string view, string expected) => Assert.Equal([expected], Texts(view));

    [Theory]
    [InlineData("@model Foo<Bar>\n@{\n    var title = \"not shown\";\n}\n<h1 class=\"a @(Model.IsOpen ? \"open\" : \"shut\")\" data-x=\"words here\">@L[\"Customer.Name\"] · @Model.Count (@L.Count(\"X\", 1))</h1>")]
    [InlineData("@* a comment *@<!-- another -->\n<crm-field for=\"Name\" rows=\"3\" />&nbsp;<kbd>Ctrl</kbd>")]
    [InlineData("@functions {\n    private static string Class(int n) => n > 0 ? \"some\" : \"none\";\n}\n@Class(1)")]
    public void Code_names_and_marks_are_no_texts(string view) => Assert.Empty(Texts(view));

    private static List<string> Texts(string view)
    {
        var html = Comment.Replace(Html(view), "");
        var attributes = Spoken.Matches(html).Select(m => (Text: m.Groups["text"].Value, Shown: $"{m.Groups["name"].Value}={m.Groups["text"].Value}"));
        var content = Tag.Replace(html, "\n").Split('\n').Select(t => (Text: t, Shown: t.Replace("\u0001", "", StringComparison.Ordinal).Trim()));
        return [.. content.Concat(attributes).Where(t => Letters.Matches(Entity.Replace(t.Text, "")).Any(w => !Everywhere.Contains(w.Value))).Select(t => t.Shown)];
    }

    /// <summary>The view's own HTML; a mark stands where code writes.</summary>
    private static string Html(string view)
    {
        var engine = RazorProjectEngine.Create(RazorConfiguration.Default, RazorProjectFileSystem.Create(SourceTree.Root), builder =>
        {
            SectionDirective.Register(builder);
            FunctionsDirective.Register(builder);
        });
        var document = engine.Process(RazorSourceDocument.Create(Directive.Replace(view, ""), "view.cshtml"), "mvc", [], []);
        var collector = new Collector();
        collector.Visit(document.GetDocumentIntermediateNode());
        return collector.Html.ToString();
    }

    private sealed class Collector : IntermediateNodeWalker
    {
        public StringBuilder Html { get; } = new();

        public override void VisitHtml(HtmlContentIntermediateNode node)
        {
            foreach (var token in node.Children.OfType<IntermediateToken>())
                Html.Append(token.Content);
        }

        public override void VisitHtmlAttribute(HtmlAttributeIntermediateNode node)
        {
            Html.Append(node.Prefix);
            base.VisitHtmlAttribute(node);
            Html.Append(node.Suffix);
        }

        public override void VisitHtmlAttributeValue(HtmlAttributeValueIntermediateNode node)
        {
            Html.Append(node.Prefix);
            foreach (var token in node.Children.OfType<IntermediateToken>())
                Html.Append(token.Content);
        }

        public override void VisitCSharpExpression(CSharpExpressionIntermediateNode node) => Html.Append('\u0001');

        public override void VisitCSharpExpressionAttributeValue(CSharpExpressionAttributeValueIntermediateNode node) => Html.Append('\u0001');

        public override void VisitCSharpCodeAttributeValue(CSharpCodeAttributeValueIntermediateNode node) => Html.Append('\u0001');
    }

    [GeneratedRegex(@"^\s*@(model|using|inject|inherits|addTagHelper|removeTagHelper|attribute|implements|namespace|page|layout)\b[^\n]*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Directive { get; }

    [GeneratedRegex(@"<!--[\s\S]*?-->|<!DOCTYPE[^>]*>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"<[^<>]*>", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Tag { get; }

    [GeneratedRegex(@"\s(?<name>title|alt|placeholder|aria-label|aria-description|label|summary|data-text|data-confirm)=""(?<text>[^""\u0001]*)""", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Spoken { get; }

    [GeneratedRegex(@"&[a-zA-Z#0-9]+;", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Entity { get; }

    [GeneratedRegex(@"[\p{L}][\p{L}+]*", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Letters { get; }
}
