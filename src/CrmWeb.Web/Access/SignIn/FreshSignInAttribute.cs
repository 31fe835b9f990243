using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Access.SignIn;

/// <summary>
/// For posts that cannot be taken back: who typed his password more than a short while ago types it once more, and what he asked for goes on at once,
/// with everything the form held.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FreshSignInAttribute() : TypeFilterAttribute(typeof(FreshSignInFilter));

internal sealed class FreshSignInFilter(IFreshSignIn fresh, IStringLocalizer texts, IModelMetadataProvider metadata) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var (http, errors) = (context.HttpContext, new ModelStateDictionary());
        if (await IsFreshAsync(http, errors))
            await next();
        else
            context.Result = Ask(http.Request, errors);
    }

    private async Task<bool> IsFreshAsync(HttpContext http, ModelStateDictionary errors)
    {
        var (session, ct) = (http.User.SessionId!.Value, http.RequestAborted);
        if (await fresh.IsFreshAsync(session, ct))
            return true;
        if (!http.Request.HasFormContentType || http.Request.Form[IFreshSignIn.Field].ToString() is not { Length: > 0 } typed)
            return false;
        try
        {
            await fresh.ConfirmAsync(session, typed, ct);
            return true;
        }
        catch (RuleException refused)
        {
            foreach (var broken in refused.Broken)
                errors.AddModelError(IFreshSignIn.Field, BrokenText.Of(texts, broken));
            return false;
        }
    }

    private ViewResult Ask(HttpRequest request, ModelStateDictionary errors) => new()
    {
        ViewName = "/Access/SignIn/Confirm.cshtml",
        StatusCode = StatusCodes.Status422UnprocessableEntity,
        ViewData = new(metadata, errors) { Model = TypedForm.Of(request) },
    };
}
