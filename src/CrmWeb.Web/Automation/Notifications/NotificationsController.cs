using CrmWeb.Services.Automation;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Automation.Notifications;

/// <summary>What the person was told while he looked elsewhere.</summary>
[Route("notifications")]
[SignedIn]
public sealed class NotificationsController(INotificationService notifications) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(DateTime? before, CancellationToken ct) =>
        View(await notifications.ReadAsync(before is { } moment ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : null, ct));

    /// <summary>Marks it as read and leads to what it is about.</summary>
    [HttpPost("{id:long}/opening")]
    public async Task<IActionResult> Open(long id, CancellationToken ct) => Redirect(await notifications.OpenAsync(id, ct));

    [HttpPost("reading")]
    public async Task<IActionResult> ReadAll(CancellationToken ct)
    {
        await notifications.ReadAllAsync(ct);
        return Redirect("/notifications");
    }
}
