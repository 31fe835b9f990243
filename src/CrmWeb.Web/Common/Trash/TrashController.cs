using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Trash;

/// <summary>What was deleted and can be brought back.</summary>
[SignedIn, Route("trash")]
public sealed class TrashController(ITrash trash) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string? type, string? q, string? before, CancellationToken ct)
    {
        var filter = new TrashFilter(string.IsNullOrEmpty(type) ? null : type, q is { Length: > 200 } ? q[..200] : q);
        return View(new TrashView(filter, await trash.ReadAsync(filter, before, ct)));
    }

    [HttpPost("{type}/{id:long}/restoration")]
    public async Task<IActionResult> Restore(string type, long id, CancellationToken ct)
    {
        try
        {
            var restored = await trash.RestoreAsync(type, id, ct);
            return Said(L["Record.Restored", restored.Title], $"/{restored.Path}/{id}", UndoAddress);
        }
        catch (RuleException refused)
        {
            this.Say(new Toast(L["Trash.NotRestored", BrokenText.Of(L, refused.Broken[0])], Bad: true));
            return Redirect(CameFrom ?? "/trash");
        }
    }
}

/// <summary>A page of the trash.</summary>
public sealed record TrashView(TrashFilter Filter, TrashPage Page)
{
    public bool IsFiltered => Filter.Type is not null || !string.IsNullOrWhiteSpace(Filter.Text);

    /// <summary>Address of the page behind this one.</summary>
    public string Earlier => "/trash" + QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal) { ["type"] = Filter.Type, ["q"] = Filter.Text, ["before"] = Page.Before });
}
