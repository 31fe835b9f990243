namespace CrmWeb.Services.Common;

/// <summary>What people have chosen in lists, as it is stored.</summary>
public interface ISelections
{
    /// <summary>Null when nothing was chosen yet.</summary>
    Task<Selection?> OfAsync(long userId, string type, string view, CancellationToken ct);

    /// <summary>Keeps one in place of what it was before; an empty one takes no room.</summary>
    Task KeepAsync(Selection selection, CancellationToken ct);

    /// <summary>Removes what was not touched since a moment.</summary>
    /// <param name="before">UTC.</param>
    /// <returns>Rows removed.</returns>
    Task<int> TidyAsync(DateTime before, CancellationToken ct);
}
