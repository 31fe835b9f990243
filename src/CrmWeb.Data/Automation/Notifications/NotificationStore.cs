using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;

namespace CrmWeb.Data.Automation;

internal sealed class NotificationStore(CrmDb db, TimeProvider clock, ListCache kept) : INotificationStore
{
    public Task<int> UnreadAsync(long userId, int most, CancellationToken ct) => Unread(userId).Take(most).CountAsync(ct);

    public Task<int> KnownUnreadAsync(long userId, int most) => kept.GetAsync(nameof(Notification), userId, () => UnreadAsync(userId, most, CancellationToken.None));

    public async Task<IReadOnlyList<Notification>> PageAsync(long userId, DateTime? before, int size, CancellationToken ct)
    {
        var rows = db.Set<Notification>().Where(n => n.UserId == userId);
        if (before is { } at)
            rows = rows.Where(n => n.At < at);
        return await rows.OrderByDescending(n => n.At).Take(size).ToListAsync(ct);
    }

    public Task<Notification?> FindAsync(long userId, long id, CancellationToken ct) => db.Set<Notification>().Where(n => n.UserId == userId && n.Id == id).FirstOrDefaultAsync(ct);

    public async Task ReadAsync(long userId, long? id, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await (id is { } one ? Unread(userId).Where(n => n.Id == one) : Unread(userId)).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, now), ct);
        kept.Drop([nameof(Notification)]);
    }

    public Task<int> TidyAsync(DateTime before, CancellationToken ct) => db.Set<Notification>().Where(n => n.At < before).ExecuteDeleteAsync(ct);

    /// <summary>Adds what a save tells people, or adds it to what its operation has told them before; for the save's own transaction.</summary>
    public static async Task AddAsync(CrmDb db, IReadOnlyList<Notification> told, CancellationToken ct)
    {
        foreach (var one in told)
        {
            // One record over and over, or many records by one operation: one line.
            var known = await db.Set<Notification>()
                .Where(n => n.UserId == one.UserId && n.ReadAt == null && n.Kind == one.Kind && n.RecordType == one.RecordType
                    && (n.Operation == one.Operation || (n.Count == 1 && one.Count == 1 && n.RecordId == one.RecordId)))
                .ExecuteUpdateAsync(s => s
                    .SetProperty(n => n.Count, n => n.RecordId == one.RecordId ? n.Count : n.Count + one.Count)
                    .SetProperty(n => n.At, one.At).SetProperty(n => n.ActorId, one.ActorId).SetProperty(n => n.Operation, one.Operation), ct);
            if (known == 0)
                db.Add(one);
        }
    }

    private IQueryable<Notification> Unread(long userId) => db.Set<Notification>().Where(n => n.UserId == userId && n.ReadAt == null);
}
