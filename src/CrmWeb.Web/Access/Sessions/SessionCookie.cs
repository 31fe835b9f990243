using System.Globalization;
using System.Security.Claims;
using CrmWeb.Services.Access;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.SignIn;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CrmWeb.Web.Access.Sessions;

/// <summary>The cookie names a session; who that is and what he may do is asked anew for each request.</summary>
internal sealed class SessionCookie(ISessions sessions, IUserProfiles profiles, Actor actor, TimeProvider clock) : CookieAuthenticationEvents
{
    public const string Scheme = "crm";
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var (http, now) = (context.HttpContext, clock.GetUtcNow().UtcDateTime);
        if (context.Principal?.SessionId is not { } id || await sessions.FindAsync(id, http.RequestAborted) is not { } open || !open.IsValid(now))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(Scheme);
            return;
        }

        var profile = await profiles.FindAsync(open.Session.UserId, open.Version, http.RequestAborted);
        actor.ActAs(profile, http.Connection.RemoteIpAddress?.ToString());
        if (now - open.Session.SeenAt >= TouchEvery && IsPerson(http))
        {
            await sessions.TouchAsync(id, http.RequestAborted);
            open.Session.SeenAt = now;
        }
        http.Rest = new(open.Session.RestsUntil, open.Session.RestsUntil - now);
    }

    /// <summary>To the sign-in page and back here; a part of a page sends the whole page there.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.IsFragment)
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers["HX-Redirect"] = SignInAddress(LocalAddress.Of(request, request.Headers["HX-Current-URL"]));
            return Task.CompletedTask;
        }

        if (request.Headers.Accept == "text/event-stream")
        {
            response.StatusCode = StatusCodes.Status204NoContent; // says to a stream that it need not come again
            return Task.CompletedTask;
        }

        if (KeptForm.IsIn(request))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized; // its page is the sign-in page that keeps what was typed
            return Task.CompletedTask;
        }

        var here = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? request.PathBase + request.Path + request.QueryString : LocalAddress.Of(request, request.Headers.Referer);
        response.Redirect(SignInAddress(here));
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>A principal that is nothing but the name of a session.</summary>
    public static ClaimsPrincipal Principal(long sessionId) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, sessionId.ToString(CultureInfo.InvariantCulture))], Scheme));

    private static string SignInAddress(string? back) => back is null or "/" ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(back)}";

    private static bool IsPerson(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<AutomaticAttribute>() is null && !http.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.Ordinal);
}

/// <summary>What the cookie says.</summary>
public static class SessionClaims
{
    extension(ClaimsPrincipal principal)
    {
        public long? SessionId =>
            long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}

/// <summary>Addresses to return to: only those of the product itself.</summary>
internal static class LocalAddress
{
    /// <summary>Path and query of an absolute address, when it is one of this host's.</summary>
    public static string? Of(HttpRequest request, string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value && IsLocal(uri.PathAndQuery) ? uri.PathAndQuery : null;

    /// <summary>Whether a browser that is sent there stays here.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
}
