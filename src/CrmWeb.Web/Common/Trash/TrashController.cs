using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Trash;

/// <summary>What was deleted and can be brought back.</summary>
[SignedIn, Route("trash")]
public sealed class TrashController(ITrash trash) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken ct) => View(await trash.ReadAsync(ct));

    [HttpPost("{type}/{id:long}/restoration")]
    public async Task<IActionResult> Restore(string type, long id, CancellationToken ct)
    {
        var restored = await trash.RestoreAsync(type, id, ct);
        return Said(L["Record.Restored", restored.Title], $"/{restored.Path}/{id}");
    }
}
