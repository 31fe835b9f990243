using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>Reads what a save must know of rows that are there already: whose the main records are, and the figures it counts on.</summary>
internal static class StoredFacts
{
    /// <summary>Customers asked for at once: far below what a statement can hold as parameters.</summary>
    private const int AtOnce = 200;

    /// <remarks>Customers that are new in the save have neither figures nor steps yet: nothing is asked for them.</remarks>
    public static async Task<SaveLookups> ReadAsync(CrmDb db, IReadOnlyList<Change> changes, CancellationToken ct)
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
        return new(scopes, figures, open.ToLookup(s => s.CustomerId));
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
}
