using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Web.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.SignIn;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CrmWeb.Web.Automation.Outbox;

/// <summary>Mails that left, wait, failed or are kept here.</summary>
[Route("settings/outbox")]
[NeedsRight(SpecialRight.ReadOutbox)]
public sealed class OutboxController(IOutboxService outbox) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(OutboxState? state, long? before, CancellationToken ct) => View(await outbox.PageAsync(state, before, ct));

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken ct) => View(new MailView(await outbox.ShowAsync(id, ct), Link: null));

    /// <summary>Answered with the page itself: the link is in no address and no cookie.</summary>
    [HttpPost("{id:long}/link"), FreshSignIn, EnableRateLimiting(RateLimits.Doors)]
    public async Task<IActionResult> Reveal(long id, CancellationToken ct)
    {
        var link = await outbox.RevealAsync(id, ct);
        return View("Show", new MailView(await outbox.ShowAsync(id, ct), link));
    }

    [HttpPost("{id:long}/retry")]
    public async Task<IActionResult> Retry(long id, CancellationToken ct)
    {
        await outbox.RetryAsync(id, ct);
        return Said(L["Outbox.Retried"], $"/settings/outbox/{id}");
    }
}

/// <param name="Link">Only when it was just revealed.</param>
public sealed record MailView(OutboxMail Mail, string? Link)
{
    public const string HiddenLink = "•••";

    public OutboxMessage Message => Mail.Message;

    /// <summary>What stands where the link belongs.</summary>
    public string Body => Message.Body.Replace(OutboxMessage.LinkMark, Link ?? HiddenLink, StringComparison.Ordinal);
}

/// <summary>Colours of states.</summary>
internal static class Tones
{
    public static string Of(OutboxState state) => state switch
    {
        OutboxState.Sent => "green",
        OutboxState.Kept => "blue",
        OutboxState.Failed => "red",
        _ => "grey",
    };
}
