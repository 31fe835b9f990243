using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Forms;
using CrmWeb.Web.Common.Records;
using CrmWeb.Web.Customers.Customers;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Contacts;

/// <summary>Contacts: the list, one person with his own history.</summary>
[Route("contacts")]
public sealed class ContactsController(RecordPages<Contact> pages, IContactService contacts, ISearchService search, ITimelineService timeline, IDuplicateFinder duplicates) : RecordController<Contact>(pages)
{
    [HttpGet("{id:long}")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Show(long id, TimelineFilter filter, string? before, CancellationToken ct)
    {
        var record = await Pages.EditableAsync(id, ct);
        return View(new ContactView(Type, record, await contacts.ShowAsync(id, ct), await timeline.OfContactAsync(id, filter, before, ct), filter,
            new LogForm { ContactId = id, CustomerId = record.Record.Values.GetValueOrDefault("customer") as long?, ReturnUrl = $"/contacts/{id}" }));
    }

    [HttpGet("{id:long}/employer")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Employer(long id, CancellationToken ct)
    {
        var record = await Pages.Records.OpenAsync(id, RecordAction.Edit, ct);
        return View(await NamedAsync(new() { Version = record.Version, CustomerId = record.Values.GetValueOrDefault("customer") as long? }, id, ct));
    }

    [HttpPost("{id:long}/employer")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Employer(long id, EmployerForm form, CancellationToken ct)
    {
        await NamedAsync(form, id, ct);
        return await Submit(form,
            save: () => contacts.ChangeEmployerAsync(id, form.CustomerId, form.Version, ct),
            done: () => Said(L["Contact.EmployerChanged"], $"/contacts/{id}"));
    }

    [HttpGet("{id:long}/timeline")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Timeline(long id, TimelineFilter filter, string? before, CancellationToken ct) =>
        PartialView("/Customers/Timeline/_Timeline.cshtml", new TimelineView($"/contacts/{id}", await timeline.OfContactAsync(id, filter, before, ct), filter));

    private async Task<EmployerForm> NamedAsync(EmployerForm form, long id, CancellationToken ct)
    {
        (form.Id, form.Name) = (id, (await Pages.Records.OpenAsync(id, RecordAction.View, ct)).Title);
        form.Customer = form.CustomerId is { } customer ? (await search.TitlesAsync(nameof(Customer), [customer], ct)).GetValueOrDefault(customer) : null;
        return form;
    }

    [HttpPost("duplicates")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Duplicates(long? id, CancellationToken ct)
    {
        var typed = Pages.Read(Request.Form, isNew: id is null, new());
        return PartialView("/Customers/Duplicates/_Duplicates.cshtml", new DuplicatesView(Type, id, await duplicates.FindAsync(Type, typed, id, ct), typed.Answer));
    }
}

/// <summary>Where a person works from now on.</summary>
[TextsOf("Contact")]
public sealed class EmployerForm
{
    public Guid Version { get; set; }

    /// <summary>Null for nobody's employ.</summary>
    public long? CustomerId { get; set; }

    // What the page shows around it; never taken from the request.
    internal long Id { get; set; }
    internal string? Name { get; set; }
    internal string? Customer { get; set; }
}

/// <summary>The page of a contact.</summary>
public sealed record ContactView(RecordType Type, EditableRecord Record, ContactPage Page, TimelinePage Timeline, TimelineFilter Filter, LogForm Log);
