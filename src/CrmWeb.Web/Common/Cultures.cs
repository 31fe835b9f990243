using System.Globalization;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.Net.Http.Headers;

namespace CrmWeb.Web.Common;

/// <summary>Sets the firm, language and format of each request: the person's own, or for the signed out a choice kept in a cookie, or what the browser asks for.</summary>
internal sealed class Cultures(RequestDelegate next)
{
    private const string Cookie = "crm-language";

    public async Task InvokeAsync(HttpContext http, ICurrentUser user, SiteOptions site, IFirmReader firm)
    {
        http.Features.Set(await firm.NameAsync(http.RequestAborted));
        var (language, format) = user.Id is null ? Asked(http, site) : (user.Habits.Language, user.Habits.Format);
        (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (language, format);
        await next(http);
    }

    private static (CultureInfo Language, CultureInfo Format) Asked(HttpContext http, SiteOptions site)
    {
        var chosen = Known(http.Request.Query["language"]);
        if (chosen is not null)
        {
            http.Items[Cookie] = chosen; // also for the error page, which has another address
            http.Response.Cookies.Append(Cookie, chosen.Name, new() { SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        }

        var language = http.Items[Cookie] as CultureInfo ?? Known(http.Request.Cookies[Cookie]) ?? Accepted(http.Request) ?? Known(site.DefaultCulture) ?? Localizer.Languages[0];
        return (language, CultureInfo.GetCultureInfo(language.Name == "en" ? "en-GB" : "zh-CN"));
    }

    private static CultureInfo? Known(string? name) => Localizer.Languages.FirstOrDefault(l => l.Name == name);

    private static CultureInfo? Accepted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(a => a.Quality ?? 1)
            .Select(Speaks)
            .FirstOrDefault(l => l is not null);

    private static CultureInfo? Speaks(StringWithQualityHeaderValue asked) =>
        Localizer.Languages.FirstOrDefault(l => asked.Value.StartsWith(l.TwoLetterISOLanguageName, StringComparison.OrdinalIgnoreCase));
}
