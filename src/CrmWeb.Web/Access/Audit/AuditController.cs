using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Forms;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Access.Audit;

/// <summary>Who did what in the whole firm.</summary>
[Route("settings/audit")]
[NeedsRight(SpecialRight.ReadAudit)]
public sealed class AuditController(IAuditLog audit, ISearchService search, ICurrentUser user, TimeProvider clock) : CrmController
{
    /// <summary>So far back the page looks as long as nothing else is asked.</summary>
    private const int DaysAtFirst = 30;

    [HttpGet("")]
    public async Task<IActionResult> Index(AuditForm form, string? before, CancellationToken ct)
    {
        if (!Request.Query.Keys.Any(k => k != nameof(before)))
            form = form with { FromOn = user.Habits.Today(clock).AddDays(-DaysAtFirst) };
        var record = await RecordAsync(form.Record, ct);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View(new AuditView(form, await NameAsync(form.Person, ct), new([], Before: null)));
        }
        var filter = new AuditFilter(form.Type, record, form.Person, form.Kind, Start(form.FromOn), Start(form.UntilOn?.AddDays(1)));
        return View(new AuditView(form, await NameAsync(form.Person, ct), await audit.ReadAsync(filter, before, ct)));
    }

    /// <summary>The record that is meant by its id, its number or a name that no other has.</summary>
    private async Task<long?> RecordAsync(string? typed, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        if (long.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return id;
        var hits = await search.FindAsync(typed, perType: 2, ct);
        if (hits.Count != 1)
            ModelState.AddModelError(nameof(AuditForm.Record), L[hits.Count == 0 ? "Audit.NoRecord" : "Audit.ManyRecords", typed]);
        return hits.Count == 1 ? hits[0].Id : null;
    }

    private async Task<string?> NameAsync(long? person, CancellationToken ct) => person is { } id ? (await search.TitlesAsync(nameof(User), [id], ct)).GetValueOrDefault(id) : null;

    private DateTime? Start(DateOnly? day) => day is { } on ? user.Habits.Utc(on.ToDateTime(TimeOnly.MinValue)) : null;
}

/// <summary>What of the audit is to be seen.</summary>
/// <param name="Record">Id, number or name.</param>
[TextsOf("Audit")]
public sealed record AuditForm(long? Person, [MaxLength(40)] string? Type, AuditKind? Kind, DateOnly? FromOn, DateOnly? UntilOn, [MaxLength(200)] string? Record);

/// <param name="Person">His name.</param>
public sealed record AuditView(AuditForm Form, string? Person, HistoryPage Page);
