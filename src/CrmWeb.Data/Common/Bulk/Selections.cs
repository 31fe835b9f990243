namespace CrmWeb.Data.Common;

internal sealed class Selections(CrmDb db) : ISelections
{
    public Task<Selection?> OfAsync(long userId, string type, string view, CancellationToken ct) =>
        db.Set<Selection>().AsNoTracking().FirstOrDefaultAsync(s => s.UserId == userId && s.Type == type && s.View == view, ct);

    public async Task KeepAsync(Selection selection, CancellationToken ct)
    {
        if (selection.IsEmpty)
        {
            await Stored(selection).ExecuteDeleteAsync(ct);
            return;
        }
        if (await UpdateAsync(selection, ct))
            return;
        db.Add(selection);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException taken) when (db.Provider.UniqueViolation(taken) is not null)
        {
            await UpdateAsync(selection, ct); // another tab was faster
        }
        finally
        {
            db.Entry(selection).State = EntityState.Detached;
        }
    }

    public Task<int> TidyAsync(DateTime before, CancellationToken ct) => db.Set<Selection>().Where(s => s.ChangedAt < before).ExecuteDeleteAsync(ct);

    private async Task<bool> UpdateAsync(Selection selection, CancellationToken ct) => await Stored(selection).ExecuteUpdateAsync(
        s => s.SetProperty(x => x.Conditions, selection.Conditions).SetProperty(x => x.Ids, selection.Ids).SetProperty(x => x.Version, selection.Version).SetProperty(x => x.ChangedAt, selection.ChangedAt), ct) == 1;

    private IQueryable<Selection> Stored(Selection selection)
    {
        var (user, type, view) = (selection.UserId, selection.Type, selection.View);
        return db.Set<Selection>().Where(s => s.UserId == user && s.Type == type && s.View == view);
    }
}
