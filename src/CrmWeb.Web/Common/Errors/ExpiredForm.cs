using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CrmWeb.Web.Common.Errors;

/// <summary>A form whose safety check failed, as it was typed.</summary>
/// <param name="Fields">Everything that may be sent again: no token, no password, no file.</param>
/// <param name="MayResend">The form came from a page of ours and is whole.</param>
public sealed record ExpiredForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields, bool MayResend);

/// <summary>Answers a failed antiforgery check with the text that was typed and a button to send it again.</summary>
internal sealed class ExpiredFormFilter(IModelMetadataProvider metadata) : IAsyncAlwaysRunResultFilter
{
    private const string Token = "__RequestVerificationToken";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
            context.Result = await AnswerAsync(context.HttpContext);
        await next();
    }

    private async Task<IActionResult> AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize < request.ContentLength)
            return new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
        if (request.IsFragment)
            return new ViewResult { ViewName = "/Common/Errors/ExpiredToast.cshtml", StatusCode = StatusCodes.Status400BadRequest };

        var form = request.HasFormContentType ? await request.ReadFormAsync(http.RequestAborted) : null;
        var fields = form?.Where(f => f.Key != Token).SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? "")).ToList() ?? [];
        var whole = form is { Files.Count: 0 } && !fields.Exists(f => f.Key.Contains("password", StringComparison.OrdinalIgnoreCase));
        return new ViewResult
        {
            ViewName = "/Common/Errors/Expired.cshtml",
            StatusCode = StatusCodes.Status400BadRequest,
            ViewData = new(metadata, new ModelStateDictionary())
            {
                Model = new ExpiredForm(request.PathBase + request.Path + request.QueryString, fields, whole && IsOurs(request)),
            },
        };
    }

    /// <summary>Another site's form is never offered for sending again.</summary>
    private static bool IsOurs(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "" => Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value,
        _ => false,
    };
}
