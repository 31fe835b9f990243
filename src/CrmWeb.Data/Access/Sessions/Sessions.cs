using System.Data.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;

namespace CrmWeb.Data.Access;

internal sealed class Sessions(CrmDb db, SessionQuery query, Sequences sequences, TimeProvider clock) : ISessions
{
    private const int MostShown = 50;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<long> StartAsync(long userId, bool keep, Origin from, CancellationToken ct)
    {
        var now = Now;
        var session = new Session
        {
            Id = sequences.NextId(),
            UserId = userId,
            AccessVersion = await db.Set<User>().Where(u => u.Id == userId).Select(u => u.AccessVersion).SingleAsync(ct),
            StartedAt = now,
            SeenAt = now,
            ConfirmedAt = now,
            IsKept = keep,
            Device = from.Device is { } device ? SaveEffects.Cut(device, 200) : null,
            Address = from.Address,
        };
        db.Add(session);
        // Not a change of the record: it must not make a colleague's open form stale.
        await db.Set<User>().Where(u => u.Id == userId).ExecuteUpdateAsync(s => s.SetProperty(u => u.LastSignInAt, now), ct);
        return session.Id;
    }

    public Task<OpenSession?> FindAsync(long id, CancellationToken ct) => query.FindAsync(db, id, ct);

    public async Task TouchAsync(long id, CancellationToken ct)
    {
        try
        {
            var now = Now;
            await db.Set<Session>().Where(s => s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), ct);
        }
        catch (DbException)
        {
            // Nobody can write now: reading goes on.
        }
    }

    public Task ConfirmAsync(long id, CancellationToken ct)
    {
        var now = Now;
        return db.Set<Session>().Where(s => s.Id == id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.ConfirmedAt, now), ct);
    }

    public async Task<long?> EndAsync(long id, CancellationToken ct)
    {
        if (await db.Set<Session>().AsTracking().FirstOrDefaultAsync(s => s.Id == id && s.EndedAt == null, ct) is not { } session)
            return null;
        session.EndedAt = Now;
        return session.UserId;
    }

    public async Task EndAllAsync(long userId, long? except, CancellationToken ct)
    {
        foreach (var session in await db.Set<Session>().AsTracking().Where(s => s.UserId == userId && s.EndedAt == null && s.Id != except).ToListAsync(ct))
            session.EndedAt = Now;
    }

    public async Task<IReadOnlyList<Session>> AliveAsync(long userId, CancellationToken ct)
    {
        var version = await db.Set<User>().Where(u => u.Id == userId).Select(u => u.AccessVersion).FirstOrDefaultAsync(ct);
        var (now, open) = (Now, await db.Set<Session>().AsNoTracking()
            .Where(s => s.UserId == userId && s.EndedAt == null && s.AccessVersion == version).OrderByDescending(s => s.SeenAt).Take(MostShown).ToListAsync(ct));
        return [.. open.Where(s => s.IsAlive(now))];
    }
}

/// <summary>The read of every request, compiled once for the application's model.</summary>
internal sealed class SessionQuery
{
    private readonly Func<CrmDb, long, CancellationToken, Task<OpenSession?>> find = EF.CompileAsyncQuery((CrmDb db, long id, CancellationToken ct) =>
        db.Set<Session>().AsNoTracking().Where(s => s.Id == id)
            .Select(s => new OpenSession(
                s, new ProfileVersion(s.User!.AccessVersion, s.User.Version, db.Set<Sequence>().Where(q => q.Name == Sequences.Rights).Select(q => q.Next).FirstOrDefault()),
                s.User.IsActive && s.User.DeletedAt == null)).FirstOrDefault());

    public Task<OpenSession?> FindAsync(CrmDb db, long id, CancellationToken ct) => find(db, id, ct);
}
