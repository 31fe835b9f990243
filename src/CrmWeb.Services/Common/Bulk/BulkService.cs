namespace CrmWeb.Services.Common;

internal sealed class BulkService(
    ISelectionService selections, IBulkRows rows, BulkEngine engine, BulkStart start, IUnitOfWork work, ICurrentUser user, TimeProvider clock) : IBulkService
{
    public async Task<BulkPreview> PreviewAsync(RecordType type, OpenList list, BulkAction action, CancellationToken ct)
    {
        var (selection, right) = (await RequireAsync(type, list, action, ct), BulkRights.ActionOf(type, action));
        var chosen = new Chosen(list.Query with { After = null, Before = null }, selection.IsAll, selection.Ids, clock.GetUtcNow().UtcDateTime);
        return new(action, selection, await rows.CountAsync(type, chosen, right, ct), await rows.SampleAsync(type, chosen, right, BulkPreview.SampleRows, ct));
    }

    public async Task<BulkResult> RunAsync(RecordType type, OpenList list, BulkOrder input, Guid shown, CancellationToken ct)
    {
        var selection = await RequireAsync(type, list, input.Action, ct);
        Rule.Require(selection.Version == shown, "Bulk.SelectionChanged");
        var run = RunOf(type, list, input);
        run.Take(selection);
        var chosen = new Chosen(list.Query, selection.IsAll, selection.Ids, clock.GetUtcNow().UtcDateTime);
        var count = await rows.CountAsync(type, chosen, BulkRights.ActionOf(type, input.Action), ct);
        Rule.Require(count.Mine > 0, "Bulk.NoneYours");
        Rule.Require(count.Seen <= BulkRun.MostRecords, "Bulk.TooMany", values: BulkRun.MostRecords);
        await engine.RequireSenseAsync(run, chosen, ct);

        work.Forget(); // what was looked at to see whether it makes sense
        var isDone = await start.BeginAsync(run, selection.IsAll ? count.Seen : selection.Ids.Count, with: null, ct);
        await selections.ClearAsync(type, list, ct);
        return new(run.Id, isDone);
    }

    private async Task<Selection> RequireAsync(RecordType type, OpenList list, BulkAction action, CancellationToken ct)
    {
        if (!BulkRights.Of(type, user.Access).Contains(action))
            throw new AccessDeniedException(type.Name, nameof(RecordAction.BulkEdit));
        return (await selections.FindAsync(type, list, ct))!;
    }

    /// <summary>What is asked for, with everything that is wrong about it already.</summary>
    private static BulkRun RunOf(RecordType type, OpenList list, BulkOrder input)
    {
        Rule.Require(input.Action != BulkAction.Assign || input.PersonId is not null, "Bulk.ChoosePerson", type.Person?.Property);
        Rule.Require(input.Action != BulkAction.Edit || input.Values.Count > 0, "Bulk.ChooseField");
        Rule.Require(input.Action != BulkAction.Tag || input.AddTags.Count + input.RemoveTags.Count > 0, "Bulk.ChooseTag", nameof(BulkRun.AddTags));
        return new()
        {
            RecordType = type.Name,
            Action = input.Action,
            View = list.View.Key,
            Values = input.Action switch
            {
                BulkAction.Assign => [new(type.Person!.Key, FieldText.Write(input.PersonId))],
                BulkAction.Edit => [.. input.Values.Where(v => type.BulkFields.Any(f => f.Key == v.Key)).Select(v => new BulkValue(v.Key, FieldText.Write(v.Value)))],
                _ => [],
            },
            AddTags = input.Action == BulkAction.Tag ? input.AddTags : [],
            RemoveTags = input.Action == BulkAction.Tag ? input.RemoveTags : [],
        };
    }
}
