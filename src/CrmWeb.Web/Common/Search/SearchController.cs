using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Search;

/// <summary>Search: the page, the palette's answers, and choosing a record in a form.</summary>
[SignedIn]
public sealed class SearchController(ISearchService search, RecordCatalogue catalogue, ICurrentUser user) : CrmController
{
    private const int PerType = 8, PageRows = 50, LookupRows = 10;

    [HttpGet("search")]
    public async Task<IActionResult> Index(string? q, CancellationToken ct) => View(new SearchView(q?.Trim() ?? "", await FindAsync(q, PageRows, ct)));

    [HttpGet("search/palette")]
    public async Task<IActionResult> Palette(string? q, CancellationToken ct) => PartialView("_PaletteResults", new SearchView(q?.Trim() ?? "", await FindAsync(q, PerType, ct)));

    /// <summary>At most ten records a reference may lead to.</summary>
    [HttpGet("lookup/{type}")]
    public async Task<IActionResult> Lookup(string type, string? q, CancellationToken ct)
    {
        if (catalogue.Find(type) is not { } found || !user.Access.May(found.Name, Domain.Common.RecordAction.View))
            return NotFound();
        var hits = string.IsNullOrWhiteSpace(q) ? await search.FirstAsync(found, LookupRows, ct) : await search.FindAsync(found, q, LookupRows, ct);
        return Json(hits.Select(h => new { id = h.Id, title = h.Title, sub = string.Join(", ", h.Extras.OfType<string>().Select(e => e.Length == 2 ? Countries.Name(e, user.Habits.Language) : e)) }));
    }

    private async Task<IReadOnlyList<SearchHit>> FindAsync(string? q, int perType, CancellationToken ct) => string.IsNullOrWhiteSpace(q) || q.Length > 200 ? [] : await search.FindAsync(q, perType, ct);
}

public sealed record SearchView(string Text, IReadOnlyList<SearchHit> Hits)
{
    /// <summary>What stands before a hit.</summary>
    public static AvatarKind Avatar(SearchHit hit) => hit.Type.Name switch
    {
        "Customer" => hit.Extras.OfType<CustomerKind>().FirstOrDefault() == CustomerKind.Person ? AvatarKind.Person : AvatarKind.Company,
        "User" => AvatarKind.User,
        _ => AvatarKind.Person,
    };
}
