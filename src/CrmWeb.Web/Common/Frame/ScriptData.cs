using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Frame;

/// <summary>What scripts are told in the head of every page: addresses of the elements' files, and sentences. Encoded once for each language, the addresses with and without fingerprints.</summary>
public sealed class ScriptData(IStringLocalizer texts, HtmlEncoder encoder)
{
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["copied"] = "Copied",
        ["draftKept"] = "Form.DraftKept",
        ["failed"] = "Problem.500.Title",
        ["hours"] = "Time.HoursAgo.other",
        ["leave"] = "Form.LeaveAsk",
        ["minutes"] = "Time.MinutesAgo",
        ["noMatch"] = "Lookup.NoMatch",
        ["now"] = "Time.Now",
        ["offline"] = "Problem.Offline",
        ["results"] = "Lookup.Results.other",
        ["resultsOne"] = "Lookup.Results.one",
        ["tooBig"] = "Form.TooBig",
        ["uploading"] = "Form.Uploading",
    };

    private readonly ConcurrentDictionary<string, Encoded> kept = new(StringComparer.Ordinal);

    public IHtmlContent Modules(HttpContext http) => kept.GetOrAdd(http.Asset($"js/{Assets.Elements[0]}.js"), _ => Encode(Assets.Elements.ToDictionary(e => e, e => http.Asset($"js/{e}.js"), StringComparer.Ordinal)));

    public IHtmlContent Texts => kept.GetOrAdd(CultureInfo.CurrentUICulture.Name, _ => Encode(Sentences.ToDictionary(s => s.Key, s => texts[s.Value].Value, StringComparer.Ordinal)));

    private Encoded Encode(Dictionary<string, string> data) => new(encoder.Encode(JsonSerializer.Serialize(data, Assets.Json)));

    /// <summary>Text that is encoded already.</summary>
    private sealed class Encoded(string html) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(html);
    }
}
