using System.Text.Encodings.Web;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Errors;

/// <summary>The error page for when not even the error page can be made: no user, no layout, no database.</summary>
internal static class Fallback
{
    public static Task WriteAsync(HttpContext http, int status, string? reference)
    {
        var (texts, encode) = (new Localizer(), HtmlEncoder.Default);
        var language = Localizer.IsChinese ? "zh-Hans" : "en";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encoded($"Problem.{Problem.Known(status)}.Title")}</title><link rel="stylesheet" href="/css/app.css"></head>
            <body class="plain"><main class="problem card bad"><h1>{Encoded($"Problem.{Problem.Known(status)}.Title")}</h1>
            <p>{Encoded($"Problem.{Problem.Known(status)}.Text")}</p>{(reference is null ? "" : $"<p class=\"ref\">{encode.Encode(texts["Problem.Reference", reference])}</p>")}
            </main></body></html>
            """);

        string Encoded(string key) => encode.Encode(texts[key]);
    }
}
