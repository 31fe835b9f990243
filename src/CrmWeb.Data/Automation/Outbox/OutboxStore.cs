using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;

namespace CrmWeb.Data.Automation;

internal sealed class OutboxStore(CrmDb db, Sequences sequences, TimeProvider clock) : IOutboxStore
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public void Add(OutboxDraft draft)
    {
        var now = Now;
        db.Add(new OutboxMessage
        {
            Id = sequences.NextId(),
            To = draft.To,
            Subject = draft.Subject,
            Body = draft.Body,
            SealedLink = draft.SealedLink,
            ForUserId = draft.ForUserId,
            CreatedAt = now,
            DueAt = now,
        });
    }

    public async Task<OutboxMessage?> ClaimAsync(CancellationToken ct)
    {
        var (now, until) = (Now, Now + Lease);
        if (await Due(now).OrderBy(m => m.DueAt).Select(m => (long?)m.Id).FirstOrDefaultAsync(ct) is not { } id)
            return null;
        var won = await Due(now).Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.LeasedUntil, until), ct);
        return won == 1 ? await db.Set<OutboxMessage>().AsTracking().FirstAsync(m => m.Id == id, ct) : null;
    }

    public async Task EndAsync(OutboxMessage message, CancellationToken ct)
    {
        await db.SaveAsync(ct);
        db.Forget();
    }

    public Task ReleaseAsync(OutboxMessage message, CancellationToken ct)
    {
        var until = message.LeasedUntil;
        return db.Set<OutboxMessage>().Where(m => m.Id == message.Id && m.LeasedUntil == until).ExecuteUpdateAsync(s => s.SetProperty(m => m.LeasedUntil, (DateTime?)null), ct);
    }

    public Task<int> LinksSinceAsync(long userId, DateTime since, CancellationToken ct) =>
        db.Set<OutboxMessage>().Where(m => m.ForUserId == userId && m.CreatedAt >= since && m.SealedLink != null).CountAsync(ct);

    public async Task<IReadOnlyList<OutboxRow>> PageAsync(OutboxState? state, long? before, int size, CancellationToken ct)
    {
        var mails = db.Set<OutboxMessage>().AsQueryable();
        if (state is { } wanted)
            mails = mails.Where(m => m.State == wanted);
        if (before is { } id)
            mails = mails.Where(m => m.Id < id);
        return await mails.OrderByDescending(m => m.Id).Take(size)
            .Select(m => new OutboxRow(m.Id, m.To, m.Subject, m.State, m.CreatedAt, m.SentAt, m.Attempts)).ToListAsync(ct);
    }

    public async Task<WorkLoad> LoadAsync(DateTime overdueSince, CancellationToken ct)
    {
        var mails = db.Set<OutboxMessage>();
        return new(
            await mails.CountAsync(m => m.State == OutboxState.Waiting, ct),
            await mails.CountAsync(m => m.State == OutboxState.Waiting && m.DueAt < overdueSince && (m.LeasedUntil == null || m.LeasedUntil < overdueSince), ct),
            await mails.CountAsync(m => m.State == OutboxState.Failed, ct));
    }

    public Task<OutboxMessage?> FindAsync(long id, CancellationToken ct) => db.Set<OutboxMessage>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, ct);

    public async Task<bool> RetryAsync(long id, CancellationToken ct)
    {
        var now = Now;
        return await db.Set<OutboxMessage>().Where(m => m.Id == id && m.State == OutboxState.Failed)
            .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Waiting).SetProperty(m => m.Attempts, 0).SetProperty(m => m.DueAt, now).SetProperty(m => m.LeasedUntil, (DateTime?)null), ct) == 1;
    }

    private IQueryable<OutboxMessage> Due(DateTime now) =>
        db.Set<OutboxMessage>().Where(m => m.State == OutboxState.Waiting && m.DueAt <= now && (m.LeasedUntil == null || m.LeasedUntil < now));
}
