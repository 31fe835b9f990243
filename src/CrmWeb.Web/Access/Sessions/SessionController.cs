using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Access.Sessions;

/// <summary>How long the session will rest until it ends, for the page that asks "Still there?".</summary>
[Route("session")]
[SignedIn]
public sealed class SessionController : CrmController
{
    [HttpGet(""), Automatic]
    public IActionResult Show() => PartialView("_Rest", HttpContext.Rest);

    /// <summary>Somebody is there: like every request of a person this one lets the session rest anew.</summary>
    [HttpPost("")]
    public IActionResult Stay() => PartialView("_Rest", HttpContext.Rest);
}

/// <summary>The time a session has left if nobody comes any more.</summary>
/// <param name="Until">UTC.</param>
public sealed record Rest(DateTime Until, TimeSpan Left)
{
    /// <summary>Whole seconds, rounded up: who asks then again finds it over.</summary>
    public int Seconds => (int)Math.Ceiling(Left.TotalSeconds);
}

internal static class SessionRest
{
    extension(HttpContext http)
    {
        /// <summary>Null when nobody is signed in.</summary>
        public Rest? Rest
        {
            get => http.Features.Get<Rest>();
            set => http.Features.Set(value);
        }
    }
}
