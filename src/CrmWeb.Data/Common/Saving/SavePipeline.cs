using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>One save: stamps, number, keys, audit, timeline, figures, scope of children, all in one transaction with the records.</summary>
public sealed class SavePipeline(ICurrentUser user, Sequences sequences, TimeProvider clock, ListCache lists)
{
    internal async Task<int> SaveAsync(CrmDb db, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        db.ChangeTracker.DetectChanges();
        var changes = db.ChangeTracker.Entries<Record>().Where(e => e.State is EntityState.Added or EntityState.Modified).Select(Change.Of).ToList();
        if (changes.Count == 0)
            return await save(ct);

        var supply = Supply.For(changes, sequences, clock.GetUtcNow().Year);
        // The writer's place is taken before anything is read, so that differences are counted on what is there when they are written.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var effects = SaveEffects.Of(changes, await FactsAsync(db, changes, supply, ct));
        var saved = await WriteAsync(db, effects, save, ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);

        lists.Drop(changes.Select(c => c.Type));
        return saved;
    }

    private static async Task<int> WriteAsync(CrmDb db, SaveEffects effects, Func<CancellationToken, Task<int>> save, CancellationToken ct)
    {
        foreach (var chunk in effects.Rekeyed.Chunk(100))
            await db.Set<MatchKeyRow>().Where(k => chunk.Contains(k.RecordId)).ExecuteDeleteAsync(ct);
        db.AddRange(effects.NewRows());
        db.UpdateRange(effects.ChangedEntries);
        db.RemoveRange(effects.GoneEntries);
        var saved = await save(ct);
        foreach (var customer in effects.Rescoped)
            await ScopeColumns.FollowAsync(db, customer, ct);
        return saved;
    }

    private async Task<SaveFacts> FactsAsync(CrmDb db, List<Change> changes, Supply supply, CancellationToken ct)
    {
        var (now, counted) = (clock.GetUtcNow().UtcDateTime, FiguresEffects.Customers(changes).ToList());
        var tracked = changes.Select(c => c.Record).OfType<Customer>().ToDictionary(c => c.Id, c => (c.OwnerId, c.OwnerTeamId));
        var mains = changes.Select(c => (c.Record as IScoped)?.ScopeRecordId).OfType<long>().Distinct().Where(id => !tracked.ContainsKey(id)).ToList();
        if (mains.Count > 0)
        {
            foreach (var main in await db.Set<Customer>().Where(c => mains.Contains(c.Id)).Select(c => new { c.Id, c.OwnerId, c.OwnerTeamId }).ToListAsync(ct))
                tracked[main.Id] = (main.OwnerId, main.OwnerTeamId);
        }

        var (figures, open) = (new Dictionary<long, CustomerFigures>(), new List<OpenStep>());
        if (counted.Count > 0)
        {
            await db.Provider.LockFiguresAsync(db, counted, ct);
            figures = await db.Set<CustomerFigures>().AsTracking().Where(f => counted.Contains(f.CustomerId)).ToDictionaryAsync(f => f.CustomerId, ct);
            var changed = changes.Where(c => c.Record is Activity).Select(c => c.Record.Id).ToList();
            if (changed.Count > 0)
                open = await OpenStepsAsync(db, counted, changed, ct);
        }
        return new(now, user.Id, user.From, user.Why, supply, new(tracked, figures, open.ToLookup(s => s.CustomerId)));
    }

    /// <summary>The first open steps of each customer, without those in the save; the save's own are added in memory.</summary>
    private static Task<List<OpenStep>> OpenStepsAsync(CrmDb db, List<long> customers, List<long> except, CancellationToken ct) =>
        db.Set<Activity>()
            .Where(a => a.DeletedAt == null && a.ClosedAt == null && a.CustomerId != null && customers.Contains(a.CustomerId.Value) && !except.Contains(a.Id))
            .OrderBy(a => a.DueOn == null).ThenBy(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new OpenStep(a.Id, a.CustomerId!.Value, a.DueOn, a.Subject, a.IsPromise, a.IsPrivate))
            .Take(1_000).ToListAsync(ct);
}

/// <summary>Owner and team of a customer, as its children carry them.</summary>
internal static class ScopeColumns
{
    public static async Task FollowAsync(CrmDb db, Customer customer, CancellationToken ct)
    {
        var (id, owner, team) = (customer.Id, customer.OwnerId, customer.OwnerTeamId);
        await db.Set<Contact>().Where(c => c.CustomerId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Activity>().Where(c => c.CustomerId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Attachment>().Where(c => c.CustomerId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Relationship>().Where(c => c.CustomerId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
        await db.Set<Consent>().Where(c => c.CustomerId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.ScopeOwnerId, owner).SetProperty(c => c.ScopeTeamId, team), ct);
    }
}
