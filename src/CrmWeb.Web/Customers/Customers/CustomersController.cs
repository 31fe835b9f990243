using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Customers;

/// <summary>Customers: the list, the whole picture of one, its life cycle.</summary>
[Route("customers")]
public sealed class CustomersController(RecordPages<Customer> pages, ICustomerService customers, ITimelineService timeline, IDuplicateFinder duplicates) : RecordController<Customer>(pages)
{
    [HttpGet("{id:long}")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Show(long id, TimelineFilter filter, string? before, CancellationToken ct)
    {
        var page = await customers.ShowAsync(id, ct);
        return View(new CustomerView(Type, page, await timeline.OfCustomerAsync(id, filter, before, ct), filter, new LogForm { CustomerId = id }));
    }

    public override async Task<IActionResult> Preview(long id, CancellationToken ct)
    {
        var page = await customers.ShowAsync(id, ct);
        return View("Preview", new PreviewView(Type, new(page.Record, page.Names, page.May.Edit, page.May.Delete), page.Brief));
    }

    /// <summary>Earlier lines of the history.</summary>
    [HttpGet("{id:long}/timeline")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Timeline(long id, TimelineFilter filter, string? before, CancellationToken ct) =>
        PartialView("/Customers/Timeline/_Timeline.cshtml", new TimelineView($"/customers/{id}", await timeline.OfCustomerAsync(id, filter, before, ct), filter));

    [HttpGet("{id:long}/lifecycle")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Move(long id, CancellationToken ct)
    {
        var record = await Pages.Records.OpenAsync(id, RecordAction.Edit, ct);
        return View(new MoveForm { Version = record.Version, Name = record.Title, From = (Lifecycle)record.Values.GetValueOrDefault("lifecycle", (await customers.ShowAsync(id, ct)).Header.Lifecycle)! });
    }

    [HttpPost("{id:long}/lifecycle")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Move(long id, MoveForm form, CancellationToken ct)
    {
        await Pages.Records.OpenAsync(id, RecordAction.Edit, ct);
        return await Submit(form,
            save: () => customers.MoveAsync(id, new(form.Lifecycle!.Value, form.Reason, form.Version), ct),
            done: () => Said(L["Saved"], $"/customers/{id}")); // no undo: a life goes back by a step of its own, with its reason
    }

    [HttpPost("duplicates")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Duplicates(long? id, CancellationToken ct)
    {
        var typed = Pages.Read(Request.Form, isNew: id is null, new());
        return PartialView("/Customers/Duplicates/_Duplicates.cshtml", new DuplicatesView(Type, id, await duplicates.FindAsync(Type, typed, id, ct), typed.Answer));
    }
}
