using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Access.Sessions;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace CrmWeb.Web.Access;

/// <summary>Who comes in, and how far: sign-in, sessions, rights of endpoints.</summary>
internal static class Doors
{
    public static IServiceCollection AddDoors(this IServiceCollection services, SiteOptions site)
    {
        services.AddScoped<SessionCookie>();
        services.AddAuthentication(SessionCookie.Scheme).AddCookie(SessionCookie.Scheme, cookie => Configure(cookie, site));
        services.AddScoped<IAuthorizationHandler, AccessHandler>();
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new([new DeclaredRequirement()], [])) // [Authorize] alone says nothing here
            .SetFallbackPolicy(new([new DeclaredRequirement()], []));
        return services.AddRateLimits();
    }

    /// <summary>After the way to the endpoint is known: the person, his language, and whether he may.</summary>
    public static WebApplication UseDoors(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseCultures();
        app.UseRateLimiter();
        app.UseAuthorization();
        return app;
    }

    private static void Configure(CookieAuthenticationOptions cookie, SiteOptions site)
    {
        cookie.EventsType = typeof(SessionCookie);
        cookie.Cookie.Name = site.IsSecure ? "__Host-crm" : "crm";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = site.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.IsEssential = true;
        cookie.ExpireTimeSpan = Domain.Access.Session.Absolute;
        cookie.SlidingExpiration = false; // how long it may rest is said by the session's row
    }
}

/// <summary>Where a request comes from.</summary>
internal static class Callers
{
    extension(HttpContext http)
    {
        public Origin Origin => new(http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent.ToString() is { Length: > 0 } device ? device : null);
    }
}
