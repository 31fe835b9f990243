namespace CrmWeb.Services.Common;

/// <summary>Choosing rows of a list: kept for the view, from page to page.</summary>
public interface ISelectionService
{
    /// <summary>What the user has chosen in the list as it is open; nothing when what he chose was something else, or too long ago.</summary>
    /// <returns>Null where he may not do anything with many of such records at once.</returns>
    Task<Selection?> FindAsync(RecordType type, OpenList list, CancellationToken ct);

    /// <summary>Of the rows of a page these are chosen and the others not.</summary>
    /// <exception cref="RuleException">More than a page, or more than can be kept.</exception>
    Task<Selection> ChooseAsync(RecordType type, OpenList list, IReadOnlyCollection<long> page, IReadOnlyCollection<long> chosen, CancellationToken ct);

    /// <summary>Everything the list shows on all its pages.</summary>
    Task<Selection> ChooseAllAsync(RecordType type, OpenList list, CancellationToken ct);

    Task<Selection> ClearAsync(RecordType type, OpenList list, CancellationToken ct);
}

internal sealed class SelectionService(ISelections selections, ICurrentUser user, TimeProvider clock) : ISelectionService
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<Selection?> FindAsync(RecordType type, OpenList list, CancellationToken ct)
    {
        if (user.Id is not { } id || BulkRights.Of(type, user.Access).Count == 0)
            return null;
        return await selections.OfAsync(id, type.Name, list.View.Key, ct) is { } found && found.IsFor(list.Query.Conditions, Now)
            ? found
            : new() { UserId = id, Type = type.Name, View = list.View.Key };
    }

    public Task<Selection> ChooseAsync(RecordType type, OpenList list, IReadOnlyCollection<long> page, IReadOnlyCollection<long> chosen, CancellationToken ct)
    {
        Rule.Require(page.Count <= ListQuery.MostRows && chosen.Count <= ListQuery.MostRows, "Error.List.Size", values: ListQuery.MostRows);
        return ChangeAsync(type, list, s => s.Choose(page, chosen, Now), ct);
    }

    public Task<Selection> ChooseAllAsync(RecordType type, OpenList list, CancellationToken ct) => ChangeAsync(type, list, s => s.ChooseAll(list.Query.Conditions, Now), ct);

    public Task<Selection> ClearAsync(RecordType type, OpenList list, CancellationToken ct) => ChangeAsync(type, list, s => s.Clear(Now), ct);

    private async Task<Selection> ChangeAsync(RecordType type, OpenList list, Action<Selection> change, CancellationToken ct)
    {
        var selection = await FindAsync(type, list, ct) ?? throw new AccessDeniedException(type.Name, nameof(RecordAction.BulkEdit));
        change(selection);
        await selections.KeepAsync(selection, ct);
        return selection;
    }
}

/// <summary>What a person may do with many records of a type at once.</summary>
public static class BulkRights
{
    /// <summary>In the order they are offered.</summary>
    public static IReadOnlyList<BulkAction> Of(RecordType type, AccessRights access) => access.May(type.Name, RecordAction.BulkEdit)
        ? [.. new[] { BulkAction.Assign, BulkAction.Edit, BulkAction.Tag, BulkAction.Delete }.Where(a => Fits(type, a) && access.May(type.Name, ActionOf(type, a)))]
        : [];

    /// <summary>The right that each record needs besides that of changing many at once.</summary>
    public static RecordAction ActionOf(RecordType type, BulkAction action) => action switch
    {
        BulkAction.Delete => RecordAction.Delete,
        BulkAction.Assign when type.Person is { CanSet: false } => RecordAction.Assign,
        _ => RecordAction.Edit,
    };

    private static bool Fits(RecordType type, BulkAction action) => action switch
    {
        BulkAction.Assign => type.Person is not null,
        BulkAction.Tag => type.Tags is not null,
        _ => type.BulkFields.Any(),
    };
}
