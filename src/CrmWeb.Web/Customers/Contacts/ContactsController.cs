using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Records;
using CrmWeb.Web.Customers.Customers;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Contacts;

/// <summary>Contacts: the list, one person with his own history.</summary>
[Route("contacts")]
public sealed class ContactsController(RecordPages<Contact> pages, ITimelineService timeline, IDuplicateFinder duplicates) : RecordController<Contact>(pages)
{
    [HttpGet("{id:long}")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Show(long id, TimelineFilter filter, string? before, CancellationToken ct)
    {
        var record = await Pages.EditableAsync(id, ct);
        return View(new ContactView(Type, record, await timeline.OfContactAsync(id, filter, before, ct), filter,
            new LogForm { ContactId = id, CustomerId = record.Record.Values.GetValueOrDefault("customer") as long?, ReturnUrl = $"/contacts/{id}" }));
    }

    [HttpGet("{id:long}/timeline")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Timeline(long id, TimelineFilter filter, string? before, CancellationToken ct) =>
        PartialView("/Customers/Timeline/_Timeline.cshtml", new TimelineView($"/contacts/{id}", await timeline.OfContactAsync(id, filter, before, ct), filter));

    [HttpPost("duplicates")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Duplicates(long? id, CancellationToken ct) => PartialView("/Customers/Duplicates/_Duplicates.cshtml", new DuplicatesView(Type, await duplicates.FindAsync(Type, Pages.Read(Request.Form, isNew: true, new()), id, ct)));
}

/// <summary>The page of a contact.</summary>
public sealed record ContactView(RecordType Type, EditableRecord Record, TimelinePage Timeline, TimelineFilter Filter, LogForm Log);
