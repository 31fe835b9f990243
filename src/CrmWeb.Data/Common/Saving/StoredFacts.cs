using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>Reads what a save must know of rows that are there already: whose the main records are, and the figures it counts on.</summary>
internal static class StoredFacts
{
    /// <summary>Customers asked for at once: far below what a statement can hold as parameters.</summary>
    private const int AtOnce = 200;

    /// <param name="now">UTC.</param>
    /// <remarks>Customers that are new in the save have neither figures nor steps yet: nothing is asked for them.</remarks>
    public static async Task<SaveLookups> ReadAsync(CrmDb db, IReadOnlyList<Change> changes, DateTime now, CancellationToken ct)
    {
        var (scopes, known) = (new Dictionary<long, (long?, long?)>(), new HashSet<long>());
        foreach (var change in changes)
        {
            if (change.Record is Customer customer && (change.Kind != ChangeKind.Added || known.Add(customer.Id)))
                scopes[customer.Id] = (customer.OwnerId, customer.OwnerTeamId);
        }
        await ReadScopesAsync(db, changes, scopes, ct);

        var counted = FiguresEffects.Customers(changes).Where(id => !known.Contains(id)).ToList();
        if (counted.Count == 0)
            return SaveLookups.None with { Scopes = scopes };

        var figures = await ReadFiguresAsync(db, counted, ct);
        var activities = changes.Where(c => c.Record is Activity).ToList();
        var open = activities.Count == 0 ? [] : await ReadStepsAsync(db, FiguresEffects.Customers(activities).Where(id => !known.Contains(id)), activities, ct);
        return new(scopes, figures, open.ToLookup(s => s.CustomerId), await ReadTouchesAsync(db, figures, activities, now, ct));
    }

    private static async Task ReadScopesAsync(CrmDb db, IReadOnlyList<Change> changes, Dictionary<long, (long?, long?)> scopes, CancellationToken ct)
    {
        var mains = changes.Select(c => (c.Record as IScoped)?.ScopeRecordId).OfType<long>().Distinct().Where(id => !scopes.ContainsKey(id)).ToList();
        foreach (var chunk in mains.Chunk(AtOnce))
        {
            foreach (var main in await db.Set<Customer>().Where(c => chunk.Contains(c.Id)).Select(c => new { c.Id, c.OwnerId, c.OwnerTeamId }).ToListAsync(ct))
                scopes[main.Id] = (main.OwnerId, main.OwnerTeamId);
        }
    }

    private static async Task<Dictionary<long, CustomerFigures>> ReadFiguresAsync(CrmDb db, List<long> customers, CancellationToken ct)
    {
        var figures = new Dictionary<long, CustomerFigures>();
        foreach (var chunk in customers.Chunk(AtOnce))
        {
            await db.Provider.LockFiguresAsync(db, chunk, ct);
            // What was read before the lock may be older than what lies there.
            foreach (var old in db.ChangeTracker.Entries<CustomerFigures>().Where(e => e.State == EntityState.Unchanged && chunk.Contains(e.Entity.CustomerId)).ToList())
                old.State = EntityState.Detached;
            foreach (var one in await db.Set<CustomerFigures>().AsTracking().Where(f => chunk.Contains(f.CustomerId)).ToListAsync(ct))
                figures[one.CustomerId] = one;
        }
        return figures;
    }

    /// <summary>The open steps of each customer, without those in the save; the save's own are added in memory.</summary>
    private static async Task<List<OpenStep>> ReadStepsAsync(CrmDb db, IEnumerable<long> customers, IReadOnlyList<Change> activities, CancellationToken ct)
    {
        var (open, changed) = (new List<OpenStep>(), activities.Select(c => c.Record.Id).ToHashSet());
        foreach (var chunk in customers.Chunk(AtOnce))
        {
            open.AddRange(await db.Set<Activity>()
                .Where(a => a.DeletedAt == null && a.ClosedAt == null && a.CustomerId != null && chunk.Contains(a.CustomerId.Value))
                .Select(a => new OpenStep(a.Id, a.CustomerId!.Value, a.DueOn, a.Subject, a.IsPromise, a.IsPrivate)).ToListAsync(ct));
        }
        open.RemoveAll(s => changed.Contains(s.Id));
        return open;
    }

    /// <summary>The latest touches of customers whose last one is in the save: should it no longer count, another one is the last.</summary>
    private static async Task<Dictionary<long, IReadOnlyList<LastTouch>>> ReadTouchesAsync(
        CrmDb db, IReadOnlyDictionary<long, CustomerFigures> figures, IReadOnlyList<Change> activities, DateTime now, CancellationToken ct)
    {
        var touches = new Dictionary<long, IReadOnlyList<LastTouch>>();
        foreach (var former in activities.Select(c => c.Before).OfType<Activity>().Where(FiguresEffects.Counts).GroupBy(a => a.CustomerId ?? 0))
        {
            if (!figures.TryGetValue(former.Key, out var one) || !former.Any(a => a.HappenedAt == one.LastTouchAt))
                continue;

            var (customer, changed) = (former.Key, activities.Select(c => c.Record.Id).ToHashSet());
            var latest = await db.Set<Activity>()
                .Where(a => a.CustomerId == customer && a.DeletedAt == null && !a.IsPrivate && a.Kind != ActivityKind.Task && (a.Status == ActivityStatus.Done || a.Status == ActivityStatus.Held))
                .Where(a => (a.StartAt ?? a.ClosedAt) <= now)
                .OrderByDescending(a => a.StartAt ?? a.ClosedAt).ThenByDescending(a => a.Id)
                .Select(a => new LastTouch(a.Id, a.StartAt ?? a.ClosedAt!.Value, a.Kind, a.AssigneeId ?? a.CreatedById))
                .Take(former.Count() + 1).ToListAsync(ct);
            touches[customer] = latest.FindAll(t => !changed.Contains(t.Id));
        }
        return touches;
    }
}
