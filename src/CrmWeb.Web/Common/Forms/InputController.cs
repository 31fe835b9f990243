using System.Globalization;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Forms;

/// <summary>Tells a person who types what is understood.</summary>
[SignedIn, Route("input")]
public sealed class InputController(ICurrentUser user, TimeProvider clock) : Controller
{
    /// <summary>The day in full; nothing when the text is no date.</summary>
    [HttpGet("date")]
    public IActionResult Date(string? q) =>
        DateInput.TryParse(q, CultureInfo.CurrentCulture, user.Habits.Today(clock), out var date) ? Content(DateText.Full(date), "text/plain") : NoContent();
}
