using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.SavedViews;

/// <summary>Keeping a list under a name, for oneself or for others; changes that were not kept; the sidebar.</summary>
[SignedIn, Route("views")]
public sealed class ViewsController(IViewService views, RecordCatalogue catalogue, ICurrentUser user) : CrmController
{
    /// <summary>How many the views of the sidebar hold.</summary>
    [HttpGet("counts"), Automatic]
    public async Task<IActionResult> Counts([FromServices] PinnedViews pinned, CancellationToken ct) => PartialView("_PinnedCounts", await pinned.CountAsync(ct));

    /// <param name="query">State of the list, as its address says it.</param>
    [HttpGet("{type}/new")]
    public IActionResult New(string type, string? query) => Find(type) is { } found ? View("Form", Around(new() { Query = query }, found)) : NotFound();

    [HttpPost("{type}")]
    public async Task<IActionResult> Create(string type, ViewForm form, CancellationToken ct)
    {
        if (Find(type) is not { } found)
            return NotFound();
        var key = "";
        return await Submit(
            save: async () =>
            {
                key = (await Once(() => views.AddAsync(found, form.ToInput(), ct), ct)).ToString(CultureInfo.InvariantCulture);
                await views.ResetAsync(found, Request.Form["from"].ToString() is { Length: > 0 and <= 40 } from ? from : key, ct);
            },
            done: () => Said(L["SavedView.Created", form.Name ?? ""], $"/{found.Path}?view={key}"),
            again: () => View("Form", Around(form, found)));
    }

    [HttpGet("{id:long}/edit")]
    public async Task<IActionResult> Edit(long id, CancellationToken ct)
    {
        var view = await views.ReadAsync(id, ct);
        return View("Form", Around(new() { Version = view.Version, Name = view.Name, Audience = view.Audience }, catalogue[view.Type], id));
    }

    [HttpPost("{id:long}/edit")]
    public async Task<IActionResult> Edit(long id, ViewForm form, CancellationToken ct)
    {
        var type = catalogue[(await views.ReadAsync(id, ct)).Type];
        Around(form, type, id);
        return await Submit(
            save: () => views.EditAsync(id, form.ToInput(), form.Version, ct),
            done: () => Said(L["Saved"], $"/{type.Path}?view={id}"),
            again: () => View("Form", form));
    }

    /// <summary>Keeps what was changed in the view itself.</summary>
    [HttpPost("{id:long}/state")]
    public async Task<IActionResult> Update(long id, Guid version, string query, CancellationToken ct)
    {
        var view = await views.ReadAsync(id, ct);
        await views.EditAsync(id, new(view.Name, view.Audience, query), version, ct);
        return Said(L["SavedView.Updated", view.Name], $"/{catalogue[view.Type].Path}?view={id}");
    }

    [HttpPost("{id:long}/deletion")]
    public async Task<IActionResult> Delete(long id, Guid version, CancellationToken ct)
    {
        var view = await views.ReadAsync(id, ct);
        await views.DeleteAsync(id, version, ct);
        return Said(L["Record.Deleted", view.Name], $"/{catalogue[view.Type].Path}?view={catalogue[view.Type].Views[0].Key}");
    }

    [HttpPost("{type}/{view}/reset")]
    public async Task<IActionResult> Reset(string type, string view, CancellationToken ct)
    {
        if (Find(type) is not { } found || view.Length > 40)
            return NotFound();
        await views.ResetAsync(found, view, ct);
        return Redirect($"/{found.Path}{QueryString.Create("view", view)}");
    }

    [HttpPost("{type}/{view}/pin")]
    public async Task<IActionResult> Pin(string type, string view, bool isPinned, CancellationToken ct)
    {
        if (Find(type) is not { } found || view.Length > 40)
            return NotFound();
        await views.PinAsync(found, view, isPinned, ct);
        return Said(L[isPinned ? "SavedView.IsPinned" : "SavedView.IsUnpinned"], $"/{found.Path}{QueryString.Create("view", view)}");
    }

    private RecordType? Find(string type) => catalogue.Find(type) is { } found && user.Access.May(found.Name, RecordAction.View) ? found : null;

    private ViewForm Around(ViewForm form, RecordType type, long? id = null)
    {
        (form.Type, form.Id, form.MayShare) = (type, id, user.Access.May(type.Name, RecordAction.Share));
        return form;
    }
}
