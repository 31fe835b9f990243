namespace CrmWeb.Services.Common;

/// <summary>Where each person left his lists. Kept in memory and written a few seconds later: looking at a list must not wait for the disk.</summary>
public interface IViewStates
{
    /// <summary>All states of a person.</summary>
    Task<IReadOnlyCollection<ViewState>> OfAsync(long userId, CancellationToken ct);

    /// <summary>Remembers one in place of what it was before.</summary>
    Task KeepAsync(ViewState state, CancellationToken ct);

    /// <summary>Writes what was not written yet.</summary>
    Task FlushAsync(CancellationToken ct);
}
