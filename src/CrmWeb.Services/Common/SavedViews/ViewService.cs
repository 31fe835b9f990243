namespace CrmWeb.Services.Common;

internal sealed class ViewService(IRepository<SavedView> views, IUnitOfWork work, IViewStates states, RecordCatalogue catalogue, ListCache cache, ICurrentUser user, TimeProvider clock) : IViewService
{
    private const int MostViews = 100;

    private long UserId => user.Id ?? 0;

    public async Task<OpenList> OpenAsync(RecordType type, IEnumerable<KeyValuePair<string, string>> asked, CancellationToken ct)
    {
        var pairs = asked.ToList();
        var open = await ReadAsync(type, pairs, ct);
        if (pairs.Exists(p => p.Key == "view" && p.Value.Length > 0))
            await KeepAsync(type, open, ct);
        return open;
    }

    public async Task<OpenList> ReadAsync(RecordType type, IEnumerable<KeyValuePair<string, string>> asked, CancellationToken ct)
    {
        var pairs = asked.Where(p => p.Value.Length > 0).ToList();
        var mine = (await states.OfAsync(UserId, ct)).Where(s => s.Type == type.Name).ToList();
        var tabs = await TabsAsync(type, mine);
        var named = pairs.Find(p => p.Key == "view").Value;
        var isLast = named is null && !pairs.Exists(p => p.Key is "q" or "after" or "before" || ListState.Holds(p.Key));
        var view = tabs.FirstOrDefault(t => t.Key == (isLast ? mine.MaxBy(s => s.OpenedAt)?.View : named)) ?? (named is null ? tabs[0] : throw new RuleException([new("Error.List.View", Property: null, named)]));
        var left = mine.Find(s => s.View == view.Key);

        var isSaid = pairs.Exists(p => ListState.Holds(p.Key));
        if (!isSaid && (named is not null || isLast))
            pairs.AddRange(ListQuery.ReadQuery(left?.Query is { } changed && ListState.IsReadable(type, changed) ? changed : view.Query));
        var isChanged = ListState.Of(type, pairs) != view.Query;
        return new(ListQuery.Parse(type, pairs), [.. pairs.Where(p => p.Key != "view" && p.Key != ListState.Nothing.Key).Prepend(KeyValuePair.Create("view", view.Key))], tabs, view, isChanged);
    }

    public async Task<long> AddAsync(RecordType type, ViewInput input, CancellationToken ct)
    {
        RequireShare(type, input.Audience);
        var view = new SavedView { Type = type.Name, Name = input.Name, Audience = input.Audience, Query = State(type, input.Query ?? "") };
        view.Assign(UserId, user.Access.HomeTeamId);
        Rule.RequireNone([.. view.Check()]);
        var name = type.Name;
        Rule.Require((await views.Query(RecordAction.Edit).Where(v => v.Type == name).Select(v => v.Id).Take(MostViews).ToListAsync(ct)).Count < MostViews, "SavedView.TooMany", values: MostViews);
        views.Add(view);
        await work.SaveAsync(ct);
        return view.Id;
    }

    public Task<SavedViewModel> ReadAsync(long id, CancellationToken ct) => views.ReadAsync(id, RecordAction.Edit, Model, ct);

    public async Task EditAsync(long id, ViewInput input, Guid version, CancellationToken ct)
    {
        var view = await views.GetAsync(id, RecordAction.Edit, version, ct);
        var type = catalogue[view.Type];
        if (input.Audience != view.Audience)
            RequireShare(type, input.Audience);
        (view.Name, view.Audience) = (input.Name, input.Audience);
        view.Query = input.Query is { } query ? State(type, query) : view.Query;
        Rule.RequireNone([.. view.Check()]);
        await work.SaveAsync(ct);
        if (input.Query is not null)
            await ResetAsync(type, Key(id), ct);
    }

    public async Task DeleteAsync(long id, Guid version, CancellationToken ct)
    {
        var view = await views.GetAsync(id, RecordAction.Delete, version, ct);
        view.Delete(clock.GetUtcNow().UtcDateTime, user.Id);
        await work.SaveAsync(ct);
    }

    public Task ResetAsync(RecordType type, string view, CancellationToken ct) => ChangeAsync(type, view, s => s.Query = null, ct);

    public async Task PinAsync(RecordType type, string view, bool isPinned, CancellationToken ct)
    {
        Rule.Require((await TabsAsync(type, [])).Any(t => t.Key == view), "Error.List.View", values: view);
        await ChangeAsync(type, view, s => s.IsPinned = isPinned, ct);
    }

    public async Task<IReadOnlyList<PinnedView>> PinnedAsync(CancellationToken ct)
    {
        var pinned = (await states.OfAsync(UserId, ct)).Where(s => s.IsPinned && catalogue.Find(s.Type) is not null && user.Access.May(s.Type, RecordAction.View)).ToList();
        var ids = pinned.Select(s => Id(s.View)).OfType<long>().ToList();
        var saved = ids.Count == 0 ? [] : (await views.Query().Where(v => ids.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Query }).ToListAsync(ct)).ToDictionary(v => v.Id, v => (v.Name, v.Query));
        return [.. pinned.Select(Shown).OfType<PinnedView>().OrderBy(p => p.Type.Name, StringComparer.Ordinal).ThenBy(p => p.Name, StringComparer.Ordinal)];

        PinnedView? Shown(ViewState state)
        {
            var type = catalogue[state.Type];
            if (Id(state.View) is { } id)
                return saved.TryGetValue(id, out var view) && ListState.IsReadable(type, view.Query) ? new(type, state.View, view.Name, view.Query) : null;
            return type.Views.FirstOrDefault(v => v.Key == state.View) is { } own ? new(type, own.Key, Name: null, own.Query) : null;
        }
    }

    private static System.Linq.Expressions.Expression<Func<SavedView, SavedViewModel>> Model =>
        v => new(v.Id, v.Version, v.Type, v.Name, v.Query, v.Audience, v.OwnerId, v.Owner!.Name, v.ModifiedAt);

    private static string Key(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static long? Id(string key) => long.TryParse(key, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string State(RecordType type, string query) => ListState.Of(type, ListQuery.ReadQuery(query));

    /// <summary>What was kept may name a field that is gone since.</summary>
    private async Task<IReadOnlyList<ViewTab>> TabsAsync(RecordType type, List<ViewState> mine)
    {
        var saved = await SavedAsync(type);
        bool IsPinned(string key) => mine.Exists(s => s.View == key && s.IsPinned);
        return
        [
            .. type.Views.Select(v => new ViewTab(v.Key, Name: null, v.Query, Saved: null, IsPinned(v.Key))),
            .. saved.Select(v => new ViewTab(Key(v.Id), v.Name, v.Query, v, IsPinned(Key(v.Id)))),
        ];
    }

    /// <summary>The views the user sees, his own last. Every list shows them and they seldom change; other rights are another object.</summary>
    private Task<IReadOnlyList<SavedViewModel>> SavedAsync(RecordType type) => cache.GetAsync<IReadOnlyList<SavedViewModel>>(nameof(SavedView), (user.Access, type.Name), async () =>
    {
        var name = type.Name;
        var saved = await views.Query().Where(v => v.Type == name).OrderBy(v => v.SortKey).ThenBy(v => v.Id).Select(Model).Take(MostViews).ToListAsync(CancellationToken.None);
        return [.. saved.Where(v => ListState.IsReadable(type, v.Query)).OrderBy(v => v.OwnerId == user.Id)];
    });

    /// <summary>Remembers that the view was opened, and with which changes; not again for each page of it.</summary>
    private async Task KeepAsync(RecordType type, OpenList open, CancellationToken ct)
    {
        var (view, changed) = (open.View, open.IsChanged ? ListState.Of(type, open.Pairs) : null);
        var (now, last) = (clock.GetUtcNow().UtcDateTime, (await states.OfAsync(UserId, ct)).Where(s => s.Type == type.Name).MaxBy(s => s.OpenedAt));
        if (last?.View != view.Key || last.Query != changed || now - last.OpenedAt > TimeSpan.FromMinutes(1))
            await states.KeepAsync(new() { UserId = UserId, Type = type.Name, View = view.Key, Query = changed is { Length: > 4000 } ? null : changed, IsPinned = view.IsPinned, OpenedAt = now }, ct);
    }

    private async Task ChangeAsync(RecordType type, string view, Action<ViewState> change, CancellationToken ct)
    {
        var left = (await states.OfAsync(UserId, ct)).FirstOrDefault(s => s.Type == type.Name && s.View == view);
        var state = new ViewState { UserId = UserId, Type = type.Name, View = view, Query = left?.Query, IsPinned = left?.IsPinned ?? false, OpenedAt = left?.OpenedAt ?? default };
        change(state);
        await states.KeepAsync(state, ct);
    }

    private void RequireShare(RecordType type, Audience audience)
    {
        if (audience != Audience.Me && !user.Access.May(type.Name, RecordAction.Share))
            throw new AccessDeniedException(type.Name, nameof(RecordAction.Share));
    }
}
