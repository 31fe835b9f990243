using System.Globalization;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Errors;
using CrmWeb.Web.Common.Forms;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common;

/// <summary>Base of every page controller: how a form is answered, once.</summary>
public abstract class CrmController : Controller
{
    protected IStringLocalizer L => HttpContext.RequestServices.GetRequiredService<IStringLocalizer>();

    /// <summary>Saves what a form holds, or shows it again with what was typed and every reason beside its field.</summary>
    protected Task<IActionResult> Submit<TForm>(TForm form, Func<Task> save, Func<IActionResult> done) => Submit(save, done, again: () => View(form));

    /// <inheritdoc cref="Submit{TForm}"/>
    protected async Task<IActionResult> Submit(Func<Task> save, Func<IActionResult> done, Func<IActionResult> again)
    {
        if (Request.HasFormContentType && Request.Form.ContainsKey(TypedForm.Unsent))
        {
            ModelState.ClearValidationState(""); // of every field: it was not finished yet
            return again();
        }
        if (ModelState.IsValid && await TrySave(save))
            return done();

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return again();
    }

    /// <summary>Makes a record by a form that may be sent twice: the second time its id is that of the first.</summary>
    protected Task<long> Once(Func<Task<long>> make, CancellationToken ct)
    {
        var services = HttpContext.RequestServices;
        return services.GetRequiredService<Once>().MakeAsync(FormKey.Of(Request, services.GetRequiredService<ICurrentUser>()), make, ct);
    }

    /// <summary>Goes to the next page, where a line at the foot says what was done.</summary>
    /// <param name="undo">Address that takes it back by POST.</param>
    protected IActionResult Said(string text, string next, string? undo = null)
    {
        this.Say(text, undo);
        return Redirect(next);
    }

    /// <summary>Address that takes back what this request saved; null when it saved nothing.</summary>
    protected string? UndoAddress => HttpContext.RequestServices.GetRequiredService<Operation>().Last is { } operation ? string.Create(CultureInfo.InvariantCulture, $"/undo/{operation}") : null;

    /// <summary>The page of ours on which the form stood; null when that is not known.</summary>
    protected string? CameFrom => Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == Request.Host.Value && Url.IsLocalUrl(page.PathAndQuery) ? page.PathAndQuery : null;

    /// <summary>Adds what a rule found to the form's errors, in the reader's language.</summary>
    protected virtual void Refuse(RuleException refused)
    {
        foreach (var broken in refused.Broken)
            ModelState.AddModelError(broken.Property ?? "", BrokenText.Of(L, broken));
    }

    /// <summary>The page, or the part of it that was asked for.</summary>
    protected IActionResult PageOrPart(string page, string part, object model)
    {
        Response.Headers.Append("Vary", "HX-Request");
        return Request.IsFragment ? PartialView(part, model) : View(page, model);
    }

    private async Task<bool> TrySave(Func<Task> save)
    {
        try
        {
            await save();
            return true;
        }
        catch (RuleException refused)
        {
            Refuse(refused);
            return false;
        }
    }
}

/// <summary>A broken rule as a sentence.</summary>
internal static class BrokenText
{
    /// <summary>Choices among the values are said by their names.</summary>
    public static string Of(IStringLocalizer texts, Broken broken) => texts[broken.Text, [.. broken.Values.Select(v => v is Enum choice ? texts.Name(choice).Value : v)]];
}

/// <summary>Turns refusals of services into answers: 404, 403, 409, 400 for addresses that ask for something there is not, and 503 and 507 where the database had no turn or no room.</summary>
public sealed partial class RefusalFilter(IStringLocalizer texts, ILogger<RefusalFilter> log) : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        context.Result = context.Exception switch
        {
            RecordNotFoundException => new NotFoundResult(),
            AccessDeniedException denied => Denied(context.HttpContext, denied),
            StaleRecordException => new StatusCodeResult(StatusCodes.Status409Conflict),
            RuleException broken => Bad(context.HttpContext, broken),
            var failed => Obstacle(context.HttpContext, failed),
        };
    }

    private StatusCodeResult? Obstacle(HttpContext http, Exception failed)
    {
        if (http.RequestServices.GetService<IDatabaseState>()?.ObstacleOf(failed) is not { } obstacle)
            return null;
        NotSaved(log, failed, obstacle);
        return new(obstacle == DatabaseObstacle.Busy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status507InsufficientStorage);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing was saved: {Obstacle}")]
    private static partial void NotSaved(ILogger log, Exception failed, DatabaseObstacle obstacle);

    private static StatusCodeResult Denied(HttpContext http, AccessDeniedException denied)
    {
        http.Items[nameof(AccessDeniedException)] = denied;
        return new(StatusCodes.Status403Forbidden);
    }

    private StatusCodeResult Bad(HttpContext http, RuleException broken)
    {
        http.Items[nameof(RuleException)] = BrokenText.Of(texts, broken.Broken[0]);
        return new(StatusCodes.Status400BadRequest);
    }
}
