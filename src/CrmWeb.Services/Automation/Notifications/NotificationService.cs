using CrmWeb.Domain.Automation;

namespace CrmWeb.Services.Automation;

/// <summary>What the user was told.</summary>
public interface INotificationService
{
    /// <summary>How many are new to him, no further than <see cref="MostCounted"/>.</summary>
    Task<int> UnreadAsync(CancellationToken ct);

    /// <summary>The same for every page he opens, mostly without reading; the live stream brings what it does not know yet.</summary>
    Task<int> KnownUnreadAsync();

    /// <summary>The newest first, in the words of what he may see today.</summary>
    /// <param name="before">UTC of the last one of the page before; null for the newest.</param>
    Task<NotificationPage> ReadAsync(DateTime? before, CancellationToken ct);

    /// <summary>Marks it as read.</summary>
    /// <returns>Where what it is about is to be found.</returns>
    /// <exception cref="RecordNotFoundException">It is not the user's.</exception>
    Task<string> OpenAsync(long id, CancellationToken ct);

    Task ReadAllAsync(CancellationToken ct);

    const int MostCounted = 100;
}

/// <param name="Before">Where the next page begins (UTC); null on the last one.</param>
public sealed record NotificationPage(IReadOnlyList<NotificationRow> Rows, DateTime? Before)
{
    public bool HasUnread => Rows.Any(r => r.Notification.ReadAt is null);
}

/// <param name="Actor">Who did it.</param>
/// <param name="Title">What it is about; null when the user may no longer see it.</param>
public sealed record NotificationRow(Notification Notification, string? Actor, string? Title);

internal sealed class NotificationService(
    INotificationStore store, ISearchService search, RecordCatalogue catalogue, IRepository<ImportRun> imports, IRepository<BulkRun> runs, ICurrentUser user) : INotificationService
{
    private const int PageSize = 30;

    private long UserId => user.Id ?? 0;

    public Task<int> UnreadAsync(CancellationToken ct) => store.UnreadAsync(UserId, INotificationService.MostCounted, ct);

    public Task<int> KnownUnreadAsync() => store.KnownUnreadAsync(UserId, INotificationService.MostCounted);

    public async Task<NotificationPage> ReadAsync(DateTime? before, CancellationToken ct)
    {
        var found = await store.PageAsync(UserId, before, PageSize + 1, ct);
        var page = found.Take(PageSize).ToList();
        var people = await search.TitlesAsync("User", [.. page.Select(n => n.ActorId).OfType<long>()], ct);
        var titles = new Dictionary<long, string>();
        foreach (var type in page.GroupBy(n => n.RecordType, n => n.RecordId, StringComparer.Ordinal))
        {
            foreach (var (id, title) in await TitlesAsync(type.Key, [.. type.Distinct()], ct))
                titles[id] = title;
        }
        return new(
            [.. page.Select(n => new NotificationRow(n, n.ActorId is { } by ? people.GetValueOrDefault(by) : null, titles.GetValueOrDefault(n.RecordId)))],
            found.Count > PageSize ? page[^1].At : null);
    }

    public async Task<string> OpenAsync(long id, CancellationToken ct)
    {
        var told = await store.FindAsync(UserId, id, ct) ?? throw new RecordNotFoundException(typeof(Notification), id);
        await store.ReadAsync(UserId, id, ct);
        return told.RecordType switch
        {
            nameof(ImportRun) => $"/imports/{told.RecordId}",
            nameof(BulkRun) => $"/bulk/{told.RecordId}",
            _ => catalogue.Find(told.RecordType) switch
            {
                null => "/notifications",
                { Person: { } person } type when told.Count > 1 => $"/{type.Path}?f.{person.Key}.is=me",
                var type => $"/{type.Path}/{told.RecordId}",
            },
        };
    }

    public Task ReadAllAsync(CancellationToken ct) => store.ReadAsync(UserId, id: null, ct);

    private async Task<IReadOnlyDictionary<long, string>> TitlesAsync(string type, List<long> ids, CancellationToken ct) => type switch
    {
        nameof(ImportRun) => (await imports.Query().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.FileName }).ToListAsync(ct)).ToDictionary(r => r.Id, r => r.FileName),
        nameof(BulkRun) => (await runs.Query().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.RecordType }).ToListAsync(ct)).ToDictionary(r => r.Id, r => r.RecordType),
        _ => catalogue.Find(type) is null ? new Dictionary<long, string>() : await search.TitlesAsync(type, ids, ct),
    };
}
