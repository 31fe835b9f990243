using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Errors;

/// <summary>Answers what nobody expected: logs it once under a reference code and shows the error page with the same code.</summary>
internal sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // nobody is there to read an answer
        }
        catch (BadHttpRequestException refused) when (!http.Response.HasStarted)
        {
            await ShowAsync(http, refused.StatusCode, reference: null);
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var reference = FailureCode.New();
            Failed(log, failure, http.Request.Method, http.Request.Path, reference);
            await ShowAsync(http, StatusCodes.Status500InternalServerError, reference);
        }
    }

    private async Task ShowAsync(HttpContext http, int status, string? reference)
    {
        http.Response.Clear();
        http.Features.Set(new FailureReference(reference));
        var (path, method) = (http.Request.Path, http.Request.Method);
        try
        {
            http.SetEndpoint(endpoint: null);
            http.Request.RouteValues.Clear();
            (http.Request.Path, http.Request.Method) = ($"/errors/{status}", HttpMethods.Get);
            await next(http);
        }
        catch (Exception again) when (!http.Response.HasStarted)
        {
            Failed(log, again, http.Request.Method, http.Request.Path, reference ?? "-");
            http.Response.Clear();
            http.Response.StatusCode = status;
            await Fallback.WriteAsync(http, status, reference);
        }
        finally
        {
            (http.Request.Path, http.Request.Method) = (path, method);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed, reference {Reference}")]
    private static partial void Failed(ILogger log, Exception failure, string method, string path, string reference);
}

/// <summary>The code under which a failure stands in the log.</summary>
internal sealed record FailureReference(string? Code);
