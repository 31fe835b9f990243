using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;

namespace CrmWeb.Web.Access.Passwords;

/// <summary>A way in for those who have no password, or have lost it.</summary>
[Public, Route("password"), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PasswordsController(IPasswordService passwords) : CrmController
{
    /// <summary>All answers take this long, whether somebody is known or not.</summary>
    private static readonly TimeSpan AnswerAfter = TimeSpan.FromMilliseconds(400);

    public override void OnActionExecuting(ActionExecutingContext context) => ViewData.Layout = "_Plain";

    [HttpGet("forgotten")]
    public IActionResult Forgotten() => View(new ForgottenForm(Email: null));

    [HttpPost("forgotten"), EnableRateLimiting(RateLimits.Doors)]
    public async Task<IActionResult> Forgotten(ForgottenForm form, CancellationToken ct)
    {
        var wait = Task.Delay(AnswerAfter, ct);
        return await Submit(form, save: async () =>
        {
            await passwords.ForgottenAsync(form.Email!, HttpContext.Origin, ct);
            await wait;
        }, done: () => View(new ForgottenForm(Email: null, IsSent: true)));
    }

    /// <summary>Only shows the form: what looks at links in mails must not use them up.</summary>
    [HttpGet("reset"), EnableRateLimiting(RateLimits.Doors)]
    public async Task<IActionResult> Reset(string? token, CancellationToken ct) => await passwords.IsOpenAsync(token, ct) ? View(new ResetForm(token, Password: null)) : Gone();

    [HttpPost("reset"), EnableRateLimiting(RateLimits.Doors)]
    public async Task<IActionResult> Reset(ResetForm form, CancellationToken ct)
    {
        if (!await passwords.IsOpenAsync(form.Token, ct))
            return Gone();
        return await Submit(form, save: () => passwords.ResetAsync(form.Token, form.Password!, HttpContext.Origin, ct), done: () => Said(L["Password.Changed"], "/sign-in"));
    }

    private ViewResult Gone()
    {
        Response.StatusCode = StatusCodes.Status410Gone;
        return View("Gone");
    }
}
