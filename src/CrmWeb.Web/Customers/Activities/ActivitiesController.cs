using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Records;
using CrmWeb.Web.Customers.Customers;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Customers.Activities;

/// <summary>Activities: the list, one of them, writing down what happened, done and undone.</summary>
[Route("activities")]
public sealed class ActivitiesController(RecordPages<Activity> pages, IActivityService activities, ICurrentUser user) : RecordController<Activity>(pages)
{
    [HttpGet("{id:long}")]
    [Needs(RecordAction.View)]
    public async Task<IActionResult> Show(long id, CancellationToken ct) => View(new ActivityView(Type, await Pages.EditableAsync(id, ct)));

    /// <summary>The composer as a page of its own: for a phone, for "New note", and when a sent one has errors.</summary>
    [HttpGet("log")]
    [Needs(RecordAction.Create)]
    public IActionResult Log(LogForm form)
    {
        ModelState.Clear();
        return View(form);
    }

    [HttpPost("log")]
    [Needs(RecordAction.Create)]
    public async Task<IActionResult> Save(LogForm form, CancellationToken ct)
    {
        return await Submit(
            save: () => Once(() => activities.LogAsync(form.ToInput(user.Habits), ct), ct),
            done: () => Said(
                L[$"Activity.Logged.{(form.IsPromise ? "Promise" : form.Kind.ToString())}"],
                Local(form.ReturnUrl) ?? (form.CustomerId is { } customer ? $"/customers/{customer}" : "/today")),
            again: () => View("Log", form));
    }

    [HttpPost("{id:long}/completion")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Complete(long id, string? returnUrl, CancellationToken ct)
    {
        await activities.CompleteAsync(id, ct);
        return Said(L["Activity.Completed"], Local(returnUrl) ?? $"/activities/{id}", undo: $"/activities/{id}/reopening");
    }

    [HttpPost("{id:long}/reopening")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Reopen(long id, string? returnUrl, CancellationToken ct)
    {
        await activities.ReopenAsync(id, ct);
        return Redirect(Local(returnUrl) ?? CameFrom ?? $"/activities/{id}");
    }

    [HttpPost("{id:long}/postponement")]
    [Needs(RecordAction.Edit)]
    public async Task<IActionResult> Postpone(long id, int days, string? returnUrl, CancellationToken ct)
    {
        await activities.PostponeAsync(id, Pages.Today.AddDays(Math.Clamp(days, 1, 365)), ct);
        return Said(L["Activity.Postponed"], Local(returnUrl) ?? $"/activities/{id}");
    }

    private string? Local(string? address) => Url.IsLocalUrl(address) ? address : null;
}

/// <summary>The page of an activity.</summary>
public sealed record ActivityView(RecordType Type, EditableRecord Record);
