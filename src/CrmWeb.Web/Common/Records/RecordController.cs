using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Bulk;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Records;

/// <summary>What every record type has besides its list: form, edit in place, conflict, trash. Derived controllers add the record's page and its own steps.</summary>
public abstract class RecordController<T>(RecordPages<T> pages) : BulkController<T>(pages) where T : Record, new()
{
    /// <summary>Records because of which a save was refused.</summary>
    private IReadOnlyList<Duplicate> same = [];

    [HttpGet("new")]
    [Needs(RecordAction.Create)]
    public async Task<IActionResult> New(CancellationToken ct) => View("Form", await Pages.NewFormAsync(Request.Query, ct));

    [HttpPost("")]
    [Needs(RecordAction.Create)]
    public async Task<IActionResult> Create(CancellationToken ct)
    {
        var values = Pages.Read(Request.Form, isNew: true, ModelState);
        long id = 0;
        return await Submit(
            save: async () => id = await Once(() => Pages.Records.CreateAsync(values, ct), ct),
            done: () => Created(id),
            again: () => View("Form", Pages.FormAgain(id: null, version: default, title: null, values, Request.Form, same)));
    }

    [HttpGet("{id:long}/edit")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Edit(long id, CancellationToken ct) => View("Form", await Pages.EditFormAsync(id, ct));

    [HttpPost("{id:long}/edit")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Save(long id, Guid version, CancellationToken ct)
    {
        var values = Pages.Read(Request.Form, isNew: false, ModelState);
        try
        {
            return await Submit(
                save: () => Pages.Records.EditAsync(id, values, version, ct),
                done: () => Saved(id),
                again: () => View("Form", Pages.FormAgain(id, version, Request.Form["title"], values, Request.Form, same)));
        }
        catch (EditConflictException conflict)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return View("Conflict", await Pages.ConflictAsync(conflict.Conflict, values, ct));
        }
    }

    /// <summary>The control for one field, to be put where its value stands.</summary>
    [HttpGet("{id:long}/fields/{key}")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> EditField(long id, string key, CancellationToken ct) =>
        Pages.Inline(key) is { } field ? PartialView("_InlineForm", await Pages.FieldFormAsync(id, field, ct)) : NotFound();

    [HttpPost("{id:long}/fields/{key}")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> SaveField(long id, string key, Guid version, CancellationToken ct)
    {
        if (Pages.Inline(key) is not { } field)
            return NotFound();
        var values = RecordForm.Read(Request.Form, [field], Pages.Habits, Pages.Today, ModelState, L);
        try
        {
            if (!ModelState.IsValid)
                throw new RuleException([]);
            await Pages.Records.EditAsync(id, values, version, ct);
            if (UndoAddress is { } undo)
                this.Say(L["Record.FieldSaved", L[field.Label]], undo);
            return Request.IsFragment ? PartialView("_Fact", await Pages.FactAsync(id, field, ct)) : Redirect($"/{Pages.Type.Path}/{id}");
        }
        catch (RuleException refused)
        {
            Refuse(refused);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return PartialView("_InlineForm", Pages.FieldFormAgain(id, version, field, values, same));
        }
        catch (EditConflictException conflict)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return PartialView("_InlineConflict", await Pages.ConflictAsync(conflict.Conflict, values, ct));
        }
    }

    [HttpPost("{id:long}/deletion")]
    [Needs(RecordAction.Delete)]
    public async Task<IActionResult> Delete(long id, Guid version, CancellationToken ct)
    {
        var title = (await Pages.Records.OpenAsync(id, RecordAction.Delete, ct)).Title;
        await Pages.Records.DeleteAsync(id, version, ct);
        return Said(L["Record.Deleted", title], $"/{Type.Path}", UndoAddress);
    }

    [HttpGet("{id:long}/owner")]
    [Needs(RecordAction.Assign)]
    public async Task<IActionResult> Assign(long id, CancellationToken ct) => await Pages.OwnerFormAsync(id, sent: null, ct) is { } form ? View("Owner", form) : NotFound();

    [HttpPost("{id:long}/owner")]
    [Needs(RecordAction.Assign)]
    public async Task<IActionResult> Assign(long id, OwnerForm form, CancellationToken ct)
    {
        if (await Pages.OwnerFormAsync(id, form, ct) is null)
            return NotFound();
        var (stillHis, mayUndo) = (false, false);
        return await Submit(
            save: async () =>
            {
                await Pages.Records.AssignAsync(id, form.OwnerId, form.Version, ct);
                (stillHis, mayUndo) = (await Pages.Records.MayAsync(id, RecordAction.View, ct), await Pages.Records.MayAsync(id, RecordAction.Assign, ct));
            },
            done: () => Said(L["Record.Assigned", form.Owner ?? L["Record.Nobody"].Value], stillHis ? $"/{Type.Path}/{id}" : $"/{Type.Path}", mayUndo ? UndoAddress : null),
            again: () => View("Owner", form));
    }

    /// <summary>Who changed what, save by save.</summary>
    [HttpGet("{id:long}/history")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> History(long id, string? before, [FromServices] IHistoryService history, CancellationToken ct) =>
        View("History", await Pages.HistoryAsync(id, await history.OfRecordAsync(Type, id, before, ct), ct));

    /// <summary>Gives a field the value it had before a save, by an edit like any other.</summary>
    [HttpPost("{id:long}/history/{save:long}/{key}")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> PutBack(long id, long save, string key, Guid version, [FromServices] IHistoryService history, CancellationToken ct)
    {
        var values = await history.FormerAsync(Type, id, save, key, ct);
        try
        {
            var page = await Pages.HistoryAsync(id, await history.OfRecordAsync(Type, id, before: null, ct), ct);
            return await Submit(
                save: () => Pages.Records.EditAsync(id, values, version, ct),
                done: () => Said(L["History.PutBack", L[Type.Find(key)!.Label]], $"/{Type.Path}/{id}/history", UndoAddress),
                again: () => View("History", page));
        }
        catch (EditConflictException conflict)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return View("Conflict", await Pages.ConflictAsync(conflict.Conflict, values, ct));
        }
    }

    /// <summary>What is most worth knowing of a record, beside its list.</summary>
    [HttpGet("{id:long}/preview")]
    [Needs(RecordAction.View)]
    public virtual async Task<IActionResult> Preview(long id, CancellationToken ct) => View("Preview", new PreviewView(Type, await Pages.EditableAsync(id, ct)));

    /// <summary>How the list is wanted as a file.</summary>
    [HttpGet("export")]
    [Needs(RecordAction.Export)]
    public async Task<IActionResult> Export(CancellationToken ct) => View("Export", new ExportForm { Page = new(Type, new((await Pages.FindAsync(Request.Query, ct)).Pairs)) });

    [HttpPost("export")]
    [Needs(RecordAction.Export)]
    public async Task<IActionResult> Export(ExportForm form, [FromServices] IExportService exports, CancellationToken ct)
    {
        var (list, export) = (await Pages.FindAsync(Request.Query, ct), (ListExport?)null);
        form.Page = new(Type, new(list.Pairs));
        return await Submit(
            save: async () => export = await exports.OpenAsync(Type, list.Query, form.Format, form.Columns, ct),
            done: () => new ExportResult(export!),
            again: () => View("Export", form));
    }

    protected override void Refuse(RuleException refused)
    {
        base.Refuse(refused);
        same = (refused as SameRecordException)?.Same ?? [];
    }

    protected virtual IActionResult Created(long id) =>
        Said(L[$"{Type.Name}.Created"], Request.Form.ContainsKey("another") ? $"/{Type.Path}/new" : $"/{Type.Path}/{id}");

    protected virtual IActionResult Saved(long id) => Said(L["Saved"], $"/{Type.Path}/{id}", UndoAddress);
}
