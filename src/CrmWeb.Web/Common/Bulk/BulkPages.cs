using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Common.Bulk;

/// <summary>Builds what pages show of chosen rows and of what is done with them.</summary>
public sealed class BulkPages(ISelectionService selections, IBulkService bulk, IBulkRuns runs, IListService lists, ISearchService search, ICurrentUser user, TimeProvider clock, IStringLocalizer texts)
{
    /// <summary>What is chosen in a list; null where nothing can be done with it.</summary>
    /// <param name="known">All matches, where they are counted already.</param>
    public async Task<SelectionView?> SelectionAsync(RecordType type, OpenList list, int? known, CancellationToken ct) =>
        await selections.FindAsync(type, list, ct) is { } found ? await ViewAsync(type, list, found, found.IsAll ? null : known, ct) : null;

    /// <summary>Keeps what was ticked on a page.</summary>
    public async Task<SelectionView> ChooseAsync(RecordType type, OpenList list, SelectionForm form, CancellationToken ct)
    {
        var selection = form switch
        {
            { Clear: true } => await selections.ClearAsync(type, list, ct),
            { All: true } => await selections.ChooseAllAsync(type, list, ct),
            _ => await selections.ChooseAsync(type, list, form.PageIds(), form.Id ?? [], ct),
        };
        return await ViewAsync(type, list, selection, (await lists.TotalsAsync(type, list.Query, ct)).Count, ct);
    }

    /// <summary>The form of an action over what is chosen.</summary>
    /// <param name="sent">What was sent; null for a fresh form.</param>
    public async Task<BulkForm> FormAsync(RecordType type, OpenList list, BulkAction action, IFormCollection? sent, ModelStateDictionary state, CancellationToken ct)
    {
        var set = sent?["set"].OfType<string>().ToHashSet(StringComparer.Ordinal) ?? [];
        IReadOnlyList<Field> fields = action switch { BulkAction.Assign => [type.Person!], BulkAction.Edit => [.. type.BulkFields], _ => [] };
        var asked = fields.Where(f => action == BulkAction.Assign || set.Contains(f.Key));
        var values = sent is null ? [] : RecordForm.Read(sent, asked, user.Habits, user.Habits.Today(clock), state, texts);
        var preview = await bulk.PreviewAsync(type, list, action, ct);
        return new(type, new(list.Pairs), preview, new(type, fields, values) { Names = await search.NamesAsync(fields, values, ct) }, set)
        {
            Shown = sent is null ? preview.Selection.Version : Guid.TryParse(sent["shown"], out var shown) ? shown : default,
            AddTags = sent?["AddTags"],
            RemoveTags = sent?["RemoveTags"],
        };
    }

    /// <summary>Does what a form asks for.</summary>
    /// <returns>What came of it; null while it is done in the background.</returns>
    public async Task<(long Id, BulkView? View)> RunAsync(OpenList list, BulkForm form, CancellationToken ct)
    {
        var result = await bulk.RunAsync(form.Type, list, form.ToOrder(), form.Shown, ct);
        return (result.Id, result.IsDone ? await runs.ShowAsync(result.Id, ct) : null);
    }

    private async Task<SelectionView> ViewAsync(RecordType type, OpenList list, Selection selection, int? known, CancellationToken ct) =>
        new(type, new(list.Pairs), selection, known ?? (selection.IsAll ? (await lists.TotalsAsync(type, list.Query, ct)).Count : null), BulkRights.Of(type, user.Access));
}

/// <summary>One thing to be done with chosen rows.</summary>
/// <param name="Set">Keys of the fields that are to be set.</param>
public sealed record BulkForm(RecordType Type, ListAddress Address, BulkPreview Preview, RecordForm Fields, IReadOnlySet<string> Set)
{
    /// <summary>Version of the selection whose sample is shown.</summary>
    public Guid Shown { get; init; }
    public string? AddTags { get; init; }
    public string? RemoveTags { get; init; }

    public BulkAction Action => Preview.Action;

    /// <summary>Name of the person who is to get the records.</summary>
    public string? Person => Type.Person is { } person ? Fields.Names.GetValueOrDefault(person.Key) : null;

    public bool IsInBackground => Preview.Count.Seen > BulkResult.MostAtOnce;

    public BulkOrder ToOrder() => new(Action, Fields.Values, Action == BulkAction.Assign ? Fields.Values.GetValueOrDefault(Type.Person!.Key) as long? : null)
    {
        AddTags = FieldText.Tags(AddTags ?? ""),
        RemoveTags = FieldText.Tags(RemoveTags ?? ""),
    };
}
