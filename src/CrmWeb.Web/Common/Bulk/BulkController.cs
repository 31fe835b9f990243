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
        var (form, result) = (await Pages.Bulk.FormAsync(Type, list, action, Request.Form, ModelState, ct), (BulkResult?)null);
        return await Submit(
            save: async () => result = await Pages.Bulk.Service.RunAsync(Type, list, form.ToOrder(), form.Shown, ct),
            done: () => Done(form, result!),
            again: () => Page(form));
    }

    private IActionResult Done(BulkForm form, BulkResult result)
    {
        if (result.Progress is not { } progress)
            return Redirect($"/bulk/{result.Id}");
        this.Say(new Toast(BulkTexts.Done(L, Type, form.Action, progress, form.Person), Href: progress.Left > 0 ? $"/bulk/{result.Id}" : null));
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

    /// <summary>What was done: "46 customers given to Ana. 3 were left."</summary>
    public static string Done(IStringLocalizer texts, RecordType type, BulkAction action, BulkProgress progress, string? person)
    {
        var done = texts[$"Bulk.Done.{action}", Many(texts, type, progress.Changed), person ?? ""].Value;
        return progress.Left == 0 ? done : texts.Count("Bulk.AndLeft", progress.Left, done);
    }
}
