using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CrmWeb.Web.Common.Frame;

/// <summary>One step of the way to a page: group, list, record.</summary>
public sealed record Crumb(string Text, string? Href = null);

/// <summary>What a view tells its layout.</summary>
public static class Page
{
    extension(ViewDataDictionary view)
    {
        /// <summary>First words of the browser tab and, as the last crumb, of the top bar.</summary>
        public string? Title
        {
            get => view["Title"] as string;
            set => view["Title"] = value;
        }

        /// <summary>The way to the page, without the page itself.</summary>
        public IReadOnlyList<Crumb> Crumbs
        {
            get => view["Crumbs"] as IReadOnlyList<Crumb> ?? [];
            set => view["Crumbs"] = value;
        }

        /// <summary>The room of the sidebar the page belongs to, where its address does not say: "customers".</summary>
        public string? Room
        {
            get => view["Room"] as string;
            set => view["Room"] = value;
        }

        /// <summary>_Plain for pages of the signed out; the shell when nothing is said.</summary>
        public string? Layout
        {
            get => view["Layout"] as string;
            set => view["Layout"] = value;
        }
    }

    extension(HttpRequest request)
    {
        /// <summary>Whether only a part of the page is wanted, to be put into the one that is open.</summary>
        public bool IsFragment => request.Headers.ContainsKey("HX-Request") && !request.Headers.ContainsKey("HX-History-Restore-Request");

        /// <summary>The address that was asked for, also while its error page is made.</summary>
        public PathString Asked => request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath ?? request.Path;

        /// <summary>Whether that part goes into the dialog.</summary>
        public bool IsDialog => request.IsFragment && request.Headers["HX-Target"] == "dialog";
    }
}
