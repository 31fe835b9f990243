namespace CrmWeb.Services.Common;

/// <summary>The views of lists: those that come with the product and those people keep, and where each person left them.</summary>
public interface IViewService
{
    /// <summary>The list an address asks for. Without a view it is the one the person had last; a view opens as he left it.</summary>
    /// <exception cref="RuleException">The view is not there for him, or the list does not know a part of the address.</exception>
    Task<OpenList> ReadAsync(RecordType type, IEnumerable<KeyValuePair<string, string>> asked, CancellationToken ct);

    /// <summary>As <see cref="ReadAsync(RecordType, IEnumerable{KeyValuePair{string, string}}, CancellationToken)"/>, and remembers that the person opened this view, with what he changed in it.</summary>
    Task<OpenList> OpenAsync(RecordType type, IEnumerable<KeyValuePair<string, string>> asked, CancellationToken ct);

    /// <summary>Keeps a state of a list as a new view.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="AccessDeniedException">Others shall see it, and the user may not share such records.</exception>
    Task<long> AddAsync(RecordType type, ViewInput input, CancellationToken ct);

    /// <summary>A saved view to change.</summary>
    Task<SavedViewModel> ReadAsync(long id, CancellationToken ct);

    /// <inheritdoc cref="AddAsync"/>
    /// <exception cref="StaleRecordException">It was saved since it was shown.</exception>
    Task EditAsync(long id, ViewInput input, Guid version, CancellationToken ct);

    Task DeleteAsync(long id, Guid version, CancellationToken ct);

    /// <summary>Drops what the user changed and did not save.</summary>
    Task ResetAsync(RecordType type, string view, CancellationToken ct);

    /// <summary>Puts a view into the user's sidebar, or takes it out.</summary>
    Task PinAsync(RecordType type, string view, bool isPinned, CancellationToken ct);

    /// <summary>The views in the user's sidebar.</summary>
    Task<IReadOnlyList<PinnedView>> PinnedAsync(CancellationToken ct);
}

/// <summary>A list as an address asks for it.</summary>
/// <param name="Pairs">The whole address, with everything the view set.</param>
/// <param name="IsChanged">Whether the user changed the view and did not save it.</param>
public sealed record OpenList(ListQuery Query, IReadOnlyList<KeyValuePair<string, string>> Pairs, IReadOnlyList<ViewTab> Views, ViewTab View, bool IsChanged);

/// <summary>One of the views of a list.</summary>
/// <param name="Key">Name in addresses: the key of a view of the product, the id of a saved one.</param>
/// <param name="Name">Null for a view of the product.</param>
/// <param name="Query">What it sets.</param>
public sealed record ViewTab(string Key, string? Name, string Query, SavedViewModel? Saved, bool IsPinned);

public sealed record SavedViewModel(long Id, Guid Version, string Type, string Name, string Query, Audience Audience, long? OwnerId, string? Owner, DateTime ModifiedAt);

/// <param name="Name">Null for a view of the product.</param>
/// <param name="Query">What it sets.</param>
public sealed record PinnedView(RecordType Type, string Key, string? Name, string Query);

/// <param name="Query">Address of the list whose state it keeps; null leaves what it keeps.</param>
public sealed record ViewInput(string Name, Audience Audience, string? Query);
