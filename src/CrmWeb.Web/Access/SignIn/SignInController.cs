using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Errors;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;

namespace CrmWeb.Web.Access.SignIn;

/// <summary>The door: in and out.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SignInController(ISignInService signIn, SiteOptions site, ICurrentUser user, TimeProvider clock) : CrmController
{
    public override void OnActionExecuting(ActionExecutingContext context) => ViewData.Layout = "_Plain";

    /// <param name="demo">Fills in one of the demo sign-ins.</param>
    [HttpGet("sign-in"), Public]
    public async Task<IActionResult> Index(string? returnUrl, string? demo, [FromServices] ISetupService setup, CancellationToken ct)
    {
        if (user.Id is not null)
            return Redirect(Target(returnUrl));
        return await setup.IsOpenAsync(ct) ? Redirect("/setup") : View(new SignInForm(site.IsDemo ? DemoSignIns.Find(demo) : null, Password: null, Keep: false, returnUrl));
    }

    [HttpPost("sign-in"), Public, EnableRateLimiting(RateLimits.Doors)]
    public async Task<IActionResult> Index(SignInForm form, CancellationToken ct)
    {
        form = form with { Kept = KeptForm.Brought(Request.Form) };
        if (Request.Form.ContainsKey(TypedForm.Unsent))
        {
            ModelState.ClearValidationState(""); // too many tries brought it here once more, the password to be typed again
            return View(form);
        }
        if (!ModelState.IsValid)
            return Again(form);

        var outcome = await signIn.SignInAsync(new(form.Email!, form.Password!, form.Keep, HttpContext.Origin), ct);
        if (outcome.SessionId is { } session)
            return await EnterAsync(session, form, ct);

        ModelState.AddModelError("", outcome.LockedUntil is { } until ? L.Count("SignIn.Locked", Minutes(until)) : L["SignIn.Wrong"]);
        return Again(form);
    }

    [HttpPost("sign-out"), SignedIn]
    public async Task<IActionResult> Out(CancellationToken ct)
    {
        await signIn.SignOutAsync(User.SessionId!.Value, ct);
        await HttpContext.SignOutAsync(SessionCookie.Scheme);
        return Redirect("/sign-in");
    }

    /// <summary>Always as a new session: what the browser had before is worth nothing more.</summary>
    private async Task<IActionResult> EnterAsync(long session, SignInForm form, CancellationToken ct)
    {
        if (User.SessionId is { } old)
            await signIn.SignOutAsync(old, ct);
        var person = SessionCookie.Principal(session);
        await HttpContext.SignInAsync(SessionCookie.Scheme, person, new() { IsPersistent = form.Keep });
        if (form.Kept is { } kept)
        {
            HttpContext.User = person; // the form to come is his
            return View("Resume", kept);
        }
        return Redirect(Target(form.ReturnUrl));
    }

    private ViewResult Again(SignInForm form)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(form);
    }

    private static string Target(string? returnUrl) => LocalAddress.IsLocal(returnUrl) ? returnUrl! : "/";

    /// <summary>How long it takes is the same in every zone; whose zone this is, is not known here.</summary>
    private int Minutes(DateTime until) => Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow().UtcDateTime).TotalMinutes));
}
