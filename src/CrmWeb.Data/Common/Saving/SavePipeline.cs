using CrmWeb.Data.Automation;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;

namespace CrmWeb.Data.Common;

/// <summary>One save: stamps, number, keys, audit, timeline, figures, scope of children, all in one transaction with the records.</summary>
public sealed class SavePipeline(ICurrentUser user, Operation operation, Sequences sequences, TimeProvider clock, ListCache lists, LiveSignals live)
{
    private Supply? reserved;

    /// <summary>Takes ids and numbers for the save to come: inside a transaction that somebody else begins there is no way to them.</summary>
    internal void Reserve(CrmDb db) => reserved = Supply.For(Changes(db), sequences, clock.GetUtcNow().UtcDateTime);

    internal async Task<int> SaveAsync(CrmDb db, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        var (changes, taken) = (Changes(db), reserved);
        RefuseRewriting(db);
        reserved = null;
        var shares = db.ChangeTracker.Entries<CustomerShare>().Any(e => e.State is not EntityState.Unchanged);
        if (changes.Count == 0 && !shares)
            return await save(ct);

        var supply = taken ?? Supply.For(changes, sequences, clock.GetUtcNow().UtcDateTime);
        // The writer's place is taken before anything is read, so that differences are counted on what is there when they are written.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var facts = await FactsAsync(db, changes, supply, ct);
        var effects = SaveEffects.Of(changes, facts);
        effects.ChangesRights |= shares;
        effects.Keys.AddRange(KeyOf(changes, facts.Now));
        int saved;
        try
        {
            saved = await WriteAsync(db, effects, save, ct);
        }
        finally
        {
            Release(db, [.. effects.NewRows(), .. effects.Told.Where(n => db.Entry(n).State != EntityState.Detached), .. effects.ChangedEntries, .. effects.GoneEntries, .. facts.Lookups.Figures.Values]);
        }
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        if (effects.Keys.Count > 0)
            operation.Key = null;
        lists.Drop([.. changes.Select(c => c.Type), .. facts.Lookups.Figures.Count > 0 ? [nameof(Customer)] : Array.Empty<string>(), .. effects.Told.Count > 0 ? [nameof(Notification)] : Array.Empty<string>()]);
        foreach (var told in effects.Told)
            live.Tell(told.UserId);

        return saved;
    }

    /// <summary>What the pure part must know of stored rows; to be asked inside the transaction.</summary>
    internal async Task<SaveFacts> FactsAsync(CrmDb db, IReadOnlyList<Change> changes, Supply supply, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new(now, user.Id, user.Habits, user.From, user.Why, operation.Next(supply.NextId), supply, await StoredFacts.ReadAsync(db, changes, now, ct));
    }

    /// <summary>Rows that only the pipeline writes are read or made anew by the next save of the same scope: others may have changed them by then.</summary>
    private static void Release(CrmDb db, IEnumerable<object> rows)
    {
        foreach (var row in rows)
            db.Entry(row).State = EntityState.Detached;
    }

    /// <summary>The audit only grows: a row that could be changed would prove nothing.</summary>
    private static void RefuseRewriting(CrmDb db)
    {
        if (db.ChangeTracker.Entries<AuditEntry>().Any(e => e.State is EntityState.Modified or EntityState.Deleted))
            throw new InvalidOperationException("Rows of the audit are neither changed nor removed.");
    }

    private static List<Change> Changes(CrmDb db)
    {
        db.ChangeTracker.DetectChanges();
        return [.. db.ChangeTracker.Entries<Record>().Where(e => e.State is EntityState.Added or EntityState.Modified).Select(Change.Of)];
    }

    /// <summary>What the request is known by, beside the record it makes: of two that come at once the key lets one through.</summary>
    private IdempotencyKey[] KeyOf(IReadOnlyList<Change> changes, DateTime now) =>
        changes.FirstOrDefault(c => c.Kind == ChangeKind.Added) is { } made && operation.Key is { } key ? [new(key, made.Record.Id, now)] : [];

    private static async Task<int> WriteAsync(CrmDb db, SaveEffects effects, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        foreach (var chunk in effects.Rekeyed.Chunk(100))
            await db.Set<MatchKeyRow>().Where(k => chunk.Contains(k.RecordId)).ExecuteDeleteAsync(ct);
        await NotificationStore.AddAsync(db, effects.Told, ct);
        db.AddRange(effects.NewRows());
        db.UpdateRange(effects.ChangedEntries);
        db.RemoveRange(effects.GoneEntries);
        var saved = await save(ct);
        if (effects.ChangesRights) // with the change itself: every instance works profiles out anew at the next request
            await db.Set<Sequence>().Where(s => s.Name == Sequences.Rights).ExecuteUpdateAsync(s => s.SetProperty(x => x.Next, x => x.Next + 1), ct);
        await ScopeColumns.FollowAsync(db, effects.Rescoped, ct);
        return saved;
    }
}

/// <summary>Owner and team of a customer, as its children and figures carry them.</summary>
internal static class ScopeColumns
{
    /// <summary>Customers followed by one statement: far below what one can hold as parameters.</summary>
    private const int AtOnce = 200;

    /// <summary>Children follow their customers, those with the same new owner together.</summary>
    public static async Task FollowAsync(CrmDb db, IEnumerable<Customer> customers, CancellationToken ct)
    {
        foreach (var given in customers.GroupBy(c => (c.OwnerId, c.OwnerTeamId)))
        {
            foreach (var chunk in given.Select(c => c.Id).Chunk(AtOnce))
                await FollowAsync(db, [.. chunk], given.Key.OwnerId, given.Key.OwnerTeamId, ct);
        }
    }

    private static async Task FollowAsync(CrmDb db, List<long> ids, long? owner, long? team, CancellationToken ct)
    {
        var children = ids.ConvertAll(id => (long?)id);
        await db.Set<CustomerFigures>().Where(f => ids.Contains(f.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(f => f.OwnerId, owner), ct);
        await db.Set<Contact>().Where(c => children.Contains(c.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Activity>().Where(c => children.Contains(c.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Attachment>().Where(c => children.Contains(c.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Relationship>().Where(c => ids.Contains(c.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Consent>().Where(c => children.Contains(c.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
    }
}
