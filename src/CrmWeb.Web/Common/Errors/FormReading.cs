using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Common.Errors;

/// <summary>Reads a form before anything asks for it, so that one with too much in it, or cut off, is refused in a sentence.</summary>
internal sealed class FormReading : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var isErrorPage = context.HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.HttpContext.Features.Get<FailureReference>() is not null;
        if (!isErrorPage && await RefusalAsync(context.HttpContext.Request) is { } status)
            context.Result = new StatusCodeResult(status);
        else
            await next();
    }

    /// <summary>Why a form cannot be taken; null when it can, or there is none.</summary>
    public static async Task<int?> RefusalAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return null;
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return null;
        }
        catch (InvalidDataException excess) when (excess.Message.Contains("limit", StringComparison.OrdinalIgnoreCase))
        {
            return StatusCodes.Status413PayloadTooLarge;
        }
        catch (Exception broken) when (broken is InvalidDataException || (broken is IOException and not BadHttpRequestException))
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}
