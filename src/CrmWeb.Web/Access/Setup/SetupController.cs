using System.Globalization;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;

namespace CrmWeb.Web.Access.Setup;

/// <summary>The first start: a firm and its first administrator. Not there once somebody can sign in.</summary>
[Public, Route("setup"), ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class SetupController(ISetupService setup, ISignInService signIn, SiteOptions site) : CrmController
{
    public override async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        ViewData.Layout = "_Plain";
        if (await setup.IsOpenAsync(HttpContext.RequestAborted))
            await next();
        else
            context.Result = NotFound();
    }

    [HttpGet("")]
    public IActionResult Index() => View(new SetupForm(
        Organisation: null, Country: null, CultureInfo.CurrentUICulture.Name, site.DefaultTimeZone, site.BaseCurrency, Name: null, Email: null, Password: null, Code: null));

    [HttpPost(""), EnableRateLimiting(RateLimits.Doors)]
    public async Task<IActionResult> Index(SetupForm form, CancellationToken ct)
    {
        if (SetupCode.IsAsked(HttpContext) && !HttpContext.RequestServices.GetRequiredService<SetupCode>().Fits(form.Code))
            ModelState.AddModelError(nameof(form.Code), L["Setup.CodeWrong"]);
        if (form.Language is { } language && Localizer.Languages.All(l => l.Name != language))
            ModelState.AddModelError(nameof(form.Language), L["Error.Choose"]);
        if (form.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            ModelState.AddModelError(nameof(form.TimeZone), L["Error.TimeZone", zone]);
        var country = form.Country is { } typed ? Countries.Code(typed) : null;
        if (form.Country is not null && country is null)
            ModelState.AddModelError(nameof(form.Country), L["Setup.CountryUnknown", form.Country]);

        var answer = await Submit(form, save: () => setup.SetUpAsync(form.ToFirm(country!), form.ToAdministrator(), HttpContext.Origin, ct), done: () => Redirect("/"));
        return answer is RedirectResult done ? await EnterAsync(form, done, ct) : answer;
    }

    private async Task<IActionResult> EnterAsync(SetupForm form, RedirectResult done, CancellationToken ct)
    {
        if ((await signIn.SignInAsync(new(form.Email!, form.Password!, Keep: false, HttpContext.Origin), ct)).SessionId is { } session)
            await HttpContext.SignInAsync(SessionCookie.Scheme, SessionCookie.Principal(session));
        return done;
    }
}
