using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace CrmWeb.Web.Common.Frame;

/// <summary>Addresses of the product's own files.</summary>
public static class Assets
{
    public const string Sprite = "lib/icons/3.49.0/sprite.svg";
    public const string Htmx = "lib/htmx/2.0.11/htmx.min.js";

    /// <summary>Folder of what draws PDF files.</summary>
    public const string Pdf = "/lib/pdfjs/6.5.438";

    /// <summary>Named in app.css too, by its plain address: preloaded here, it must be the same one.</summary>
    public const string Font = "/lib/inter/5.3.0/inter-latin-wght-normal.woff2";

    /// <summary>Elements of every page of the signed in: asked for at once, so that they are there with the page.</summary>
    public static IReadOnlyList<string> Frame { get; } = ["crm-menu", "crm-dialog", "crm-toasts", "crm-theme"];

    /// <summary>Elements, each with a file of its name that is fetched when the first of them appears.</summary>
    public static IReadOnlyList<string> Elements { get; } =
    [
        .. Frame, "crm-table", "crm-filterbar", "crm-live-input", "crm-palette", "crm-combobox", "crm-inline", "crm-composer", "crm-duplicates", "crm-upload", "crm-copy", "crm-secret", "crm-date", "crm-session", "crm-resume", "crm-live", "crm-pdf",
    ];

    /// <summary>For JSON inside an attribute, which is encoded there: no need to escape every letter beyond ASCII.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    extension(HttpContext http)
    {
        /// <summary>The address of a file below wwwroot with the fingerprint of its content, so that it may be kept for ever.</summary>
        /// <param name="file">Without a leading slash.</param>
        public string Asset(string file) =>
            "/" + (http.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[file] ?? file);
    }
}
