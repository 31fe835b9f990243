using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace CrmWeb.WebTests.Common;

/// <summary>An answer as a person sees it.</summary>
public sealed class Page(Browser browser, HttpResponseMessage answer, IDocument document, string html)
{
    public HttpStatusCode Status => answer.StatusCode;
    public HttpResponseMessage Answer => answer;
    public IDocument Document => document;
    public string Html => html;

    /// <summary>Path and query the answer sends the browser to.</summary>
    public string? Location => answer.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.ToString() : null;

    public string Title => document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    /// <summary>What stands in the page itself, without the shell around it.</summary>
    public string Text => Squeeze((document.QuerySelector("main") ?? document.Body)?.TextContent);

    /// <summary>The token that this page's requests carry.</summary>
    public string? Token => document.QuerySelector("meta[name=csrf]")?.GetAttribute("content");

    public string? Header(string name) => answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public bool Has(string selector) => document.QuerySelector(selector) is not null;

    public string TextOf(string selector) => Squeeze(document.QuerySelector(selector)?.TextContent);

    public string ErrorFor(string field) => TextOf($"[data-valmsg-for='{field}']");

    /// <summary>What the page has to say against the whole form.</summary>
    public string Errors => TextOf(".errors");

    public string Value(string field) => Value(document.QuerySelectorAll($"main [name='{field}'], body > form [name='{field}']"));

    /// <summary>Fills the page's form over what it holds already, and sends it.</summary>
    public Task<Page> SubmitAsync(params (string Field, string Value)[] typed) => SubmitAsync("main form[method=post]", typed);

    /// <summary>The same for one of several forms.</summary>
    public Task<Page> SubmitAsync(string form, params (string Field, string Value)[] typed)
    {
        var element = document.QuerySelector(form) as IHtmlFormElement ?? throw new InvalidOperationException($"There is no {form} on the page:\n{html}");
        var names = typed.Select(t => t.Field).ToHashSet(StringComparer.Ordinal);
        var fields = Held(element).Where(f => !names.Contains(f.Field)).Concat(typed);
        var address = element.GetAttribute("action") is { Length: > 0 } action ? action : answer.RequestMessage!.RequestUri!.PathAndQuery;
        return browser.SendAsync(new(HttpMethod.Post, address) { Content = Browser.Form(fields) });
    }

    /// <summary>Sends the page's form with a file.</summary>
    public Task<Page> SendFileAsync(string form, string name, byte[] content)
    {
        var element = document.QuerySelector(form) as IHtmlFormElement ?? throw new InvalidOperationException($"There is no {form} on the page:\n{html}");
        var body = new MultipartFormDataContent();
        foreach (var (field, value) in Held(element))
            body.Add(new StringContent(value), field);
        body.Add(new ByteArrayContent(content), "file", name);
        return browser.SendAsync(new(HttpMethod.Post, element.GetAttribute("action")) { Content = body });
    }

    /// <summary>Sends the form of a button to the button's own address.</summary>
    public Task<Page> PressAsync(string button, params (string Field, string Value)[] typed)
    {
        var element = document.QuerySelector(button) as IHtmlButtonElement ?? throw new InvalidOperationException($"There is no {button} on the page:\n{html}");
        var names = typed.Select(t => t.Field).ToHashSet(StringComparer.Ordinal);
        return browser.SendAsync(new(HttpMethod.Post, element.GetAttribute("formaction")) { Content = Browser.Form(Held(element.Form!).Where(f => !names.Contains(f.Field)).Concat(typed)) });
    }

    /// <summary>The same for a form that asks: its fields become the address.</summary>
    public Task<Page> SubmitGetAsync(params (string Field, string Value)[] typed)
    {
        var element = document.QuerySelector("main form[method=get]") as IHtmlFormElement ?? throw new InvalidOperationException($"There is no form that asks on the page:\n{html}");
        var names = typed.Select(t => t.Field).ToHashSet(StringComparer.Ordinal);
        var fields = Held(element).Where(f => !names.Contains(f.Field)).Concat(typed);
        return browser.OpenAsync($"{element.GetAttribute("action")}?{string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Field)}={Uri.EscapeDataString(f.Value)}"))}");
    }

    /// <summary>What a browser would send: no unchecked boxes, no buttons, nothing switched off.</summary>
    private static IEnumerable<(string Field, string Value)> Held(IHtmlFormElement form)
    {
        foreach (var element in form.Elements.Where(e => e.GetAttribute("name") is not null && !e.HasAttribute("disabled")))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" or "submit" } or IHtmlButtonElement:
                    break;
                case IHtmlInputElement input:
                    yield return (name, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return (name, area.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.SelectedOptions)
                        yield return (name, option.Value);
                    break;
            }
        }
    }

    private static string Value(IHtmlCollection<IElement> elements) => elements.Length == 0 ? "" : elements.FirstOrDefault(e => e is IHtmlInputElement { IsChecked: true }) is IHtmlInputElement chosen ? chosen.Value : elements[0] switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlInputElement { Type: "checkbox" or "radio" } => "",
        IHtmlInputElement input => input.Value,
        _ => "",
    };

    private static string Squeeze(string? text) => string.Join(' ', (text ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
