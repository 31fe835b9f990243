using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Records;

/// <summary>What every record type has: list, form, edit in place, conflict, trash. Derived controllers add the record's page and its own steps.</summary>
public abstract class RecordController<T>(RecordPages<T> pages) : CrmController where T : Record, new()
{
    protected RecordPages<T> Pages => pages;

    protected RecordType<T> Type => pages.Type;

    /// <summary>Records because of which a save was refused.</summary>
    private IReadOnlyList<Duplicate> same = [];

    [HttpGet("")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Index(CancellationToken ct)
    {
        var (adding, address) = pages.Adding(Request.Query, ModelState);
        return address is null ? PageOrPart("List", "_List", await pages.ListAsync(Request.Query, ct) with { Adding = adding }) : Redirect(address);
    }

    /// <summary>How to compare the field that was chosen, and with what.</summary>
    [HttpGet("filter")]
    [Needs(RecordAction.View)]
    public IActionResult Filter() => FilterForm.Of(Type, Request.Query) is { } form ? PartialView("_Filter", form) : NoContent();

    /// <summary>Numbers over all matches, fetched after the list.</summary>
    [HttpGet("totals")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Totals(CancellationToken ct) => PageOrPart("Totals", "_TotalsPart", await pages.TotalsAsync(Request.Query, ct));

    [HttpGet("new")]
    [Needs(RecordAction.Create)]
    public async Task<IActionResult> New(CancellationToken ct) => View("Form", await pages.NewFormAsync(Request.Query, ct));

    [HttpPost("")]
    [Needs(RecordAction.Create)]
    public async Task<IActionResult> Create(CancellationToken ct)
    {
        var values = pages.Read(Request.Form, isNew: true, ModelState);
        long id = 0;
        return await Submit(
            save: async () => id = await pages.Records.CreateAsync(values, ct),
            done: () => Created(id),
            again: () => View("Form", pages.FormAgain(id: null, version: default, title: null, values, Request.Form, same)));
    }

    [HttpGet("{id:long}/edit")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Edit(long id, CancellationToken ct) => View("Form", await pages.EditFormAsync(id, ct));

    [HttpPost("{id:long}/edit")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Save(long id, Guid version, CancellationToken ct)
    {
        var values = pages.Read(Request.Form, isNew: false, ModelState);
        try
        {
            return await Submit(
                save: () => pages.Records.EditAsync(id, values, version, ct),
                done: () => Saved(id),
                again: () => View("Form", pages.FormAgain(id, version, Request.Form["title"], values, Request.Form, same)));
        }
        catch (EditConflictException conflict)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return View("Conflict", await pages.ConflictAsync(conflict.Conflict, values, ct));
        }
    }

    /// <summary>The control for one field, to be put where its value stands.</summary>
    [HttpGet("{id:long}/fields/{key}")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> EditField(long id, string key, CancellationToken ct) =>
        pages.Inline(key) is { } field ? PartialView("_InlineForm", await pages.FieldFormAsync(id, field, ct)) : NotFound();

    [HttpPost("{id:long}/fields/{key}")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> SaveField(long id, string key, Guid version, CancellationToken ct)
    {
        if (pages.Inline(key) is not { } field)
            return NotFound();
        var values = RecordForm.Read(Request.Form, [field], pages.Habits, pages.Today, ModelState, L);
        try
        {
            if (!ModelState.IsValid)
                throw new RuleException([]);
            await pages.Records.EditAsync(id, values, version, ct);
            return Request.IsFragment ? PartialView("_Fact", await pages.FactAsync(id, field, ct)) : Redirect($"/{pages.Type.Path}/{id}");
        }
        catch (RuleException refused)
        {
            Refuse(refused);
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return PartialView("_InlineForm", pages.FieldFormAgain(id, version, field, values, same));
        }
        catch (EditConflictException conflict)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return PartialView("_InlineConflict", await pages.ConflictAsync(conflict.Conflict, values, ct));
        }
    }

    [HttpPost("{id:long}/deletion")]
    [Needs(RecordAction.Delete)]
    public async Task<IActionResult> Delete(long id, Guid version, CancellationToken ct)
    {
        var title = (await pages.Records.OpenAsync(id, RecordAction.Delete, ct)).Title;
        await pages.Records.DeleteAsync(id, version, ct);
        return Said(L["Record.Deleted", title], $"/{Type.Path}", undo: $"/trash/{Type.Name}/{id}/restoration");
    }

    [HttpGet("{id:long}/owner")]
    [Needs(RecordAction.Assign)]
    public async Task<IActionResult> Assign(long id, CancellationToken ct) => await pages.OwnerFormAsync(id, sent: null, ct) is { } form ? View("Owner", form) : NotFound();

    [HttpPost("{id:long}/owner")]
    [Needs(RecordAction.Assign)]
    public async Task<IActionResult> Assign(long id, OwnerForm form, CancellationToken ct)
    {
        if (await pages.OwnerFormAsync(id, form, ct) is null)
            return NotFound();
        var stillHis = false;
        return await Submit(
            save: async () =>
            {
                await pages.Records.AssignAsync(id, form.OwnerId, form.Version, ct);
                stillHis = await pages.Records.MayAsync(id, RecordAction.View, ct);
            },
            done: () => Said(L["Record.Assigned", form.Owner ?? L["Record.Nobody"].Value], stillHis ? $"/{Type.Path}/{id}" : $"/{Type.Path}"),
            again: () => View("Owner", form));
    }

    protected override void Refuse(RuleException refused)
    {
        base.Refuse(refused);
        same = (refused as SameRecordException)?.Same ?? [];
    }

    protected virtual IActionResult Created(long id) =>
        Said(L[$"{Type.Name}.Created"], Request.Form.ContainsKey("another") ? $"/{Type.Path}/new" : $"/{Type.Path}/{id}");

    protected virtual IActionResult Saved(long id) => Said(L["Saved"], $"/{Type.Path}/{id}");
}
