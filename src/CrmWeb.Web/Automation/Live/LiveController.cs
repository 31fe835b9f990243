using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Automation.Live;

/// <summary>The stream of events that keeps a page up to date.</summary>
[Route("live")]
[SignedIn]
public sealed class LiveController : CrmController
{
    private const string Events = "text/event-stream";

    [HttpGet(""), Automatic]
    public async Task<IResult> Follow([FromServices] LiveSignals signals, [FromServices] ICurrentUser user, [FromServices] IUnitOfWork work)
    {
        if (!Request.GetTypedHeaders().Accept.Any(a => a.MediaType == Events))
            return TypedResults.StatusCode(StatusCodes.Status406NotAcceptable);
        if (signals.Listen(user.Id ?? 0) is not { } listener)
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);

        if (work is IAsyncDisposable used)
            await used.DisposeAsync(); // the stream lasts for hours: the connection with which the person was looked up serves others meanwhile
        return TypedResults.ServerSentEvents(HttpContext.RequestServices.GetRequiredService<LiveStream>().FollowAsync(listener, User.SessionId!.Value, HttpContext.RequestAborted));
    }
}
