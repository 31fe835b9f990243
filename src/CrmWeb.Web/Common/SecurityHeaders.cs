using Microsoft.AspNetCore.StaticAssets;

namespace CrmWeb.Web.Common;

/// <summary>Puts the security headers before all else, also before what refuses foreign host names.</summary>
internal sealed class HeadersFirst : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<SecurityHeaders>();
        next(app);
    };
}

/// <summary>What every answer tells the browser to forbid, errors and files included.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; object-src 'none'; frame-src 'self'";

    private const string Nothing =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), " +
        "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(static state => Set((HttpContext)state), http);
        return next(http);
    }

    /// <summary>Set when the answer starts, so that clearing it for an error page does not lose them. A file's own, stricter policy stays.</summary>
    private static Task Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.TryAdd("Content-Security-Policy", Policy);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Nothing;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        var isAsset = http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
        if (!isAsset && http.User.Identity?.IsAuthenticated == true)
            headers.CacheControl = "no-store";
        if (isAsset && http.Request.Path.StartsWithSegments("/lib", StringComparison.Ordinal) && http.Response.StatusCode == StatusCodes.Status200OK)
            headers.CacheControl = "public, max-age=31536000, immutable"; // the version is in the path
        if (headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal))
            headers.Append("Vary", "HX-Request");
        return Task.CompletedTask;
    }
}
