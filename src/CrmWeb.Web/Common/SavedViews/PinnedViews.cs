using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.SavedViews;

/// <summary>Views in the sidebar with the number of their matches.</summary>
public sealed class PinnedViews(IViewService views, IListService lists)
{
    private const int MostCounted = 20;

    /// <summary>The numbers where they are known already: a page does not wait for them.</summary>
    public async Task<IReadOnlyList<CountedView>> KnownAsync(CancellationToken ct)
    {
        var counted = new List<CountedView>();
        foreach (var view in await views.PinnedAsync(ct))
            counted.Add(new(view, await lists.KnownCountAsync(view.Type, QueryOf(view), orBefore: true)));
        return counted;
    }

    /// <summary>The numbers of the first ones, as they were within the last minute.</summary>
    public async Task<IReadOnlyList<CountedView>> CountAsync(CancellationToken ct)
    {
        var counted = new List<CountedView>();
        foreach (var view in (await views.PinnedAsync(ct)).Take(MostCounted))
            counted.Add(new(view, await lists.CountAsync(view.Type, QueryOf(view), ct)));
        return counted;
    }

    private static ListQuery QueryOf(PinnedView view) => ListQuery.Parse(view.Type, ListQuery.ReadQuery(view.Query));
}

/// <param name="Count">Null while it is not known.</param>
public sealed record CountedView(PinnedView View, int? Count)
{
    /// <summary>Id of the element that holds the number.</summary>
    public string Id => $"pinned-{View.Type.Name}-{View.Key}";
}
