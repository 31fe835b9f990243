using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CrmWeb.Web.Common.Errors;

/// <summary>Answers a failed antiforgery check with the text that was typed and a button to send it again.</summary>
internal sealed class ExpiredFormFilter(IModelMetadataProvider metadata) : IAsyncAlwaysRunResultFilter
{
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
        if (await FormReading.RefusalAsync(request) is { } refusal)
            return new StatusCodeResult(refusal);
        if (request.IsFragment)
            return new ViewResult { ViewName = "/Common/Errors/ExpiredToast.cshtml", StatusCode = StatusCodes.Status400BadRequest };

        return new ViewResult
        {
            ViewName = "/Common/Errors/Expired.cshtml",
            StatusCode = StatusCodes.Status400BadRequest,
            ViewData = new(metadata, new ModelStateDictionary())
            {
                Model = TypedForm.Of(request),
            },
        };
    }
}
