using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Access.SignIn;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Errors;

/// <summary>The page behind every refusal: the pipeline comes here again when an answer has a status and no body.</summary>
[Public, IgnoreAntiforgeryToken, DisableRateLimiting, Route("errors/{status:int:range(400,599)}")]
public sealed class ErrorsController(ICurrentUser user, IStringLocalizer texts) : Controller
{
    /// <summary>As a page in the shell or alone, or as a toast where only a part of a page was asked for.</summary>
    [AcceptVerbs("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")]
    public async Task<IActionResult> Show()
    {
        // Not bound: nothing is where the form of the request cannot be read. And nobody comes here by himself.
        var status = IsRerun ? int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture) : StatusCodes.Status404NotFound;

        Response.StatusCode = status;
        var problem = new Problem(status, HttpContext.Features.Get<FailureReference>()?.Code, Detail(status));
        if (Request.IsFragment)
            return PartialView("ProblemToast", problem);
        if (status == StatusCodes.Status401Unauthorized && KeptForm.IsIn(Request))
        {
            ViewData.Layout = "_Plain";
            return View("/Access/SignIn/Index.cshtml", new SignInForm(Email: null, Password: null, Keep: false, LocalAddress.Of(Request, Request.Headers.Referer)) { Kept = await KeptForm.ReadAsync(Request) });
        }

        ViewData.Layout = user.Id is null ? "_Plain" : null;
        return View("Problem", status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage && KeptForm.IsIn(Request) ? problem with { Typed = await TypedAsync() } : problem);
    }

    private async Task<TypedForm?> TypedAsync() => await FormReading.RefusalAsync(Request) is null ? TypedForm.Of(Request) with { MayReturn = true } : null;

    private bool IsRerun => HttpContext.Features.Get<FailureReference>() is not null || HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private string? Detail(int status) => status switch
    {
        StatusCodes.Status400BadRequest => HttpContext.Items[nameof(RuleException)] as string,
        StatusCodes.Status403Forbidden when HttpContext.Items[nameof(AccessDeniedException)] is AccessDeniedException denied => Lacking(denied),
        StatusCodes.Status429TooManyRequests when int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) =>
            texts.Count("Problem.429.Wait", seconds),
        _ => null,
    };

    /// <summary>Names the right, so that the person knows what to ask for.</summary>
    private string? Lacking(AccessDeniedException denied) =>
        texts.First($"SpecialRight.{denied.Subject}") is { } right ? texts["Problem.403.Right", right.Value].Value
        : texts.First($"{denied.Subject}.Plural") is { } records ? texts["Problem.403.Record", texts[$"RecordAction.{denied.Action}"].Value, records.Value].Value
        : null;
}
