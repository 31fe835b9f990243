using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Frame;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Bulk;

/// <summary>Choosing rows of a list, and doing one thing with all of them.</summary>
public abstract class BulkController<T>(RecordPages<T> pages) : ListController<T>(pages) where T : Record, new()
{
    [HttpPost("selection")]
    [Needs(RecordAction.BulkEdit)]
    public async Task<IActionResult> Choose(SelectionForm form, CancellationToken ct)
    {
        var list = await Pages.FindAsync(Request.Query, ct);
        var chosen = await Pages.Bulk.ChooseAsync(Type, list, form, ct);
        return Request.IsFragment ? PartialView("/Common/Bulk/_Chosen.cshtml", chosen) : Redirect(IsOfList(form.Then) ? form.Then! : $"/{Type.Path}{chosen.Address.With()}");
    }

    /// <summary>What an action would be done with.</summary>
    [HttpGet("bulk/{what}")]
    [Needs(RecordAction.BulkEdit)]
    public async Task<IActionResult> Bulk(string what, CancellationToken ct) =>
        BulkAddress.Read(what) is { } action ? Page(await Pages.Bulk.FormAsync(Type, await Pages.FindAsync(Request.Query, ct), action, sent: null, ModelState, ct)) : NotFound();

    [HttpPost("bulk/{what}")]
    [Needs(RecordAction.BulkEdit)]
    public async Task<IActionResult> RunBulk(string what, CancellationToken ct)
    {
        if (BulkAddress.Read(what) is not { } action)
            return NotFound();
        var list = await Pages.FindAsync(Request.Query, ct);
        var (form, run, done) = (await Pages.Bulk.FormAsync(Type, list, action, Request.Form, ModelState, ct), 0L, (BulkView?)null);
        return await Submit(
            save: async () => (run, done) = await Pages.Bulk.RunAsync(list, form, ct),
            done: () => done is null ? Redirect($"/bulk/{run}") : Done(form, done),
            again: () => Page(form));
    }

    private RedirectResult Done(BulkForm form, BulkView done)
    {
        this.Say(new Toast(BulkTexts.Done(L, done), done.MayUndo ? $"/undo/{done.Run.Id}" : null, done.Progress.Left > 0 ? $"/bulk/{done.Run.Id}" : null));
        return Redirect($"/{Type.Path}{form.Address.With()}");
    }

    private IActionResult Page(BulkForm form) => View("/Common/Bulk/Form.cshtml", form);

    private bool IsOfList(string? address) => Url.IsLocalUrl(address) && (address!.StartsWith($"/{Type.Path}?", StringComparison.Ordinal) || address.StartsWith($"/{Type.Path}/bulk/", StringComparison.Ordinal));
}

/// <summary>Sentences about many records.</summary>
internal static class BulkTexts
{
    /// <summary>"46 customers".</summary>
    public static string Many(IStringLocalizer texts, RecordType type, int count) => texts.Count($"{type.Name}.Many", count);

    /// <summary>What was done: "46 customers given to Ana; 3 were left as they are".</summary>
    public static string Done(IStringLocalizer texts, BulkView run)
    {
        var done = texts[$"Bulk.Done.{run.Run.Action}", Many(texts, run.Type, run.Progress.Changed), run.Person ?? ""].Value;
        return run.Progress.Left == 0 ? done : texts.Count("Bulk.AndLeft", run.Progress.Left, done);
    }
}
