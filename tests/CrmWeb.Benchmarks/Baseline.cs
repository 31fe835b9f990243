using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace CrmWeb.Benchmarks;

/// <summary>The least a server can do: Kestrel, prepared ADO.NET commands on connections kept open, HTML written by hand. No session, no rights, no layout.</summary>
internal static class Baseline
{
    /// <summary>Argument that makes this program the bare server.</summary>
    public const string Role = "--baseline";

    public static async Task<int> RunAsync(string database, string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        await using var app = builder.Build();
        var free = new ConcurrentBag<BareDatabase>();
        app.Run(async http =>
        {
            if (!free.TryTake(out var db))
                db = new(database);
            await AnswerAsync(http, db);
            free.Add(db); // after a failure it is not taken again, and the run fails anyway
        });
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http, BareDatabase db)
    {
        var (request, html) = (http.Request, new StringBuilder());
        switch (request.Path.Value)
        {
            case "/":
                break;
            case "/customers" when HttpMethods.IsPost(request.Method):
                http.Response.Redirect($"/customers/{BareCreate.Run(db, await request.ReadFormAsync(http.RequestAborted))}");
                return;
            case "/customers":
                BarePages.List(html, db, request.Query);
                break;
            case "/customers/totals":
                BarePages.Totals(html, db, request.Query);
                break;
            case "/today":
                BarePages.Today(html, db);
                break;
            case { } path when path.StartsWith("/customers/", StringComparison.Ordinal):
                BarePages.Customer(html, db, long.Parse(path.AsSpan("/customers/".Length), CultureInfo.InvariantCulture));
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(html.ToString()), http.RequestAborted);
    }
}
