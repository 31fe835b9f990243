using CrmWeb.Web.Common.Errors;
using CrmWeb.Web.Common.Hosting;

namespace CrmWeb.Web.Common;

/// <summary>Refuses addresses and headers that no page of ours would send, before anything looks at them.</summary>
internal sealed class RequestLimits(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var isErrorPage = http.Features.Get<FailureReference>() is not null; // of the very request that was refused
        return !isErrorPage && Excess(http.Request) is { } status ? throw new BadHttpRequestException("The request is larger than a page of ours would make it.", status) : next(http);
    }

    private static int? Excess(HttpRequest request) =>
        (request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > Limits.Address ? StatusCodes.Status414UriTooLong
        : request.Headers.Count > Limits.HeaderCount || request.Headers.Sum(h => h.Key.Length + h.Value.Sum(v => v?.Length ?? 0)) > Limits.HeaderBytes ? StatusCodes.Status431RequestHeaderFieldsTooLarge
        : null;
}
