using System.Globalization;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Undo;

/// <summary>Takes back what the person just did; the line at the foot of the page asks for it.</summary>
[SignedIn, Route("undo")]
public sealed class UndoController(IUndoService undo) : CrmController
{
    [HttpPost("{operation:long}")]
    public async Task<IActionResult> PutBack(long operation, CancellationToken ct)
    {
        UndoResult result;
        try
        {
            result = await undo.UndoAsync(operation, ct);
        }
        catch (RuleException refused)
        {
            return Bad(BrokenText.Of(L, refused.Broken[0]), CameFrom ?? "/");
        }
        if (result.RunId is { } run)
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"/bulk/{run}"));
        var next = Next(result.Only);
        if (result is { Left: > 0, Only: null })
            return View("Left", new UndoLeftView(result, next));
        if (result.Left > 0)
            return Bad(L["Undo.LeftOne", result.Named[0].Title ?? L["Record"].Value, BrokenText.Of(L, result.Named[0].Why)], next);

        this.Say(new Toast(Said(result), result.Operation is { } again ? $"/undo/{again}" : null, IsRedo: !result.IsRedo));
        return Redirect(next);
    }

    private string Said(UndoResult result) => result.Done == 0 ? L["Undo.Nothing"] : L.Count(result.IsRedo ? "Undo.DoneAgain" : "Undo.PutBack", result.Done);

    private RedirectResult Bad(string text, string next)
    {
        this.Say(new Toast(text, Bad: true));
        return Redirect(next);
    }

    /// <summary>The page of a record that is back; its list, when it is gone again; otherwise where he was.</summary>
    private string Next(UndoneRecord? only) => only switch
    {
        { IsInTrash: true } => $"/{only.Path}",
        { Kind: AuditKind.Deleted } => $"/{only.Path}/{only.Id}",
        _ => CameFrom ?? (only is null ? "/" : $"/{only.Path}/{only.Id}"),
    };
}

/// <summary>What was put back and what was left.</summary>
/// <param name="Next">Where to go on.</param>
public sealed record UndoLeftView(UndoResult Result, string Next);
