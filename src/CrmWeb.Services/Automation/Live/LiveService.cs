namespace CrmWeb.Services.Automation;

/// <summary>What an open page of the user shows and does not stand still.</summary>
public interface ILiveService
{
    Task<LiveState> ReadAsync(CancellationToken ct);
}

/// <param name="Unread">Notifications that are new to him.</param>
/// <param name="Work">His background work that has not ended: how far it is, by the record it is about.</param>
public sealed record LiveState(int Unread, IReadOnlyDictionary<long, int> Work)
{
    /// <summary>Records whose work began, went on or ended since.</summary>
    public IEnumerable<long> MovedSince(LiveState before) =>
        before.Work.Keys.Union(Work.Keys).Where(id => !before.Work.TryGetValue(id, out var was) || !Work.TryGetValue(id, out var now) || was != now).Order();
}

internal sealed class LiveService(INotificationService notifications, IWorkStore work, ICurrentUser user) : ILiveService
{
    public async Task<LiveState> ReadAsync(CancellationToken ct) => new(await notifications.UnreadAsync(ct), await work.RunningAsync(user.Id ?? 0, ct));
}
