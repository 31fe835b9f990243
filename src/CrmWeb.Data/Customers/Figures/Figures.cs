using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class Figures(CrmDb db, TimeProvider clock) : IFigures
{
    public async Task<Recount?> RecountAsync(long after, int customers, CancellationToken ct)
    {
        var ids = await db.Set<Customer>().Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(customers).ToListAsync(ct);
        if (ids.Count == 0)
            return null;

        // Looked at first without holding anybody up; only what differs is counted again with its figures held.
        var wrong = await DifferingAsync(ids, ct);
        return new(ids[^1], wrong.Count == 0 ? 0 : await RepairAsync(wrong, ct));
    }

    private async Task<List<long>> DifferingAsync(List<long> customers, CancellationToken ct)
    {
        var kept = await db.Set<CustomerFigures>().AsNoTracking().Where(f => customers.Contains(f.CustomerId)).ToDictionaryAsync(f => f.CustomerId, ct);
        var counted = await CountAsync(customers, ct);
        return [.. customers.Where(id => !kept.TryGetValue(id, out var figures) || !FiguresCount.Same(figures, counted[id]))];
    }

    private async Task<int> RepairAsync(List<long> customers, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Provider.LockFiguresAsync(db, customers, ct);
        var kept = await db.Set<CustomerFigures>().AsTracking().Where(f => customers.Contains(f.CustomerId)).ToDictionaryAsync(f => f.CustomerId, ct);
        var (counted, repaired) = (await CountAsync(customers, ct), 0);
        foreach (var (id, right) in counted)
        {
            if (!kept.TryGetValue(id, out var figures))
                db.Add(right);
            else if (FiguresCount.Same(figures, right))
                continue;
            else
                db.Entry(figures).CurrentValues.SetValues(right);
            repaired++;
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.Forget();
        return repaired;
    }

    private async Task<Dictionary<long, CustomerFigures>> CountAsync(List<long> customers, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var owners = await db.Set<Customer>().Where(c => customers.Contains(c.Id)).Select(c => new { c.Id, c.OwnerId }).ToDictionaryAsync(c => c.Id, c => c.OwnerId, ct);
        var contacts = await db.Set<Contact>().Where(c => c.DeletedAt == null && customers.Contains(c.CustomerId!.Value))
            .GroupBy(c => c.CustomerId ?? 0L).Select(g => new { Id = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Id, g => g.Count, ct);
        var activities = await db.Set<Activity>().AsNoTracking().Where(a => a.DeletedAt == null && !a.IsPrivate && a.CustomerId != null && customers.Contains(a.CustomerId.Value))
            .OrderBy(a => a.Id).Select(FiguresCount.Needed).ToListAsync(ct);
        var byCustomer = activities.ToLookup(a => a.CustomerId);
        return customers.ToDictionary(id => id, id => FiguresCount.Of(id, owners.GetValueOrDefault(id), contacts.GetValueOrDefault(id), byCustomer[id], now));
    }
}
