using System.Data.Common;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>Prepared inserts of new records with the same effects as the save pipeline; changed records go through the pipeline itself, all in one transaction.</summary>
internal sealed class BulkWriter(CrmDb db, ICurrentUser user, Sequences sequences, TimeProvider clock, SavePipeline pipeline, ListCache lists) : IPastWriter
{
    private const int IdsAtOnce = 1_000;
    private Queue<long> ids = new();
    private List<Change> changes = [];
    private List<object> parts = [];

    public long Written { get; private set; }

    public void Add<T>(T record) where T : Record => Keep(record, past: null);

    public void Add<T>(T record, DateTime at, long by) where T : Record => Keep(record, (at, by));

    public void AddPart<TPart>(TPart part) where TPart : class => parts.Add(part);

    public void AddEdit(Customer customer, string field, object? old, object? now, DateTime at, long by)
    {
        var fields = new Dictionary<string, FieldChange>(StringComparer.Ordinal) { [field] = new(FieldText.Write(old), FieldText.Write(now)) };
        changes.Add(new(ChangeKind.Changed, customer, customer, fields) { Past = (at, by) });
    }

    public async Task SaveAsync(Func<CancellationToken, Task>? within, CancellationToken ct)
    {
        var (added, more) = (changes, parts);
        (changes, parts) = ([], []);
        var supply = Supply.For(added, sequences, clock.GetUtcNow().UtcDateTime);
        pipeline.Reserve(db);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var effects = SaveEffects.Of(added, await pipeline.FactsAsync(db, added, supply, ct));
            await InsertAsync([.. added.Where(c => c.Kind == ChangeKind.Added).Select(c => c.Record), .. more, .. effects.NewRows()], ct);
            await db.SaveAsync(ct); // records of this scope that were changed, and the counted figures of customers that were there
            if (within is not null)
                await within(ct);
            await transaction.CommitAsync(ct);
        }
        catch (DbException failed) when (db.Provider.UniqueViolation(new("", failed)) is { } index)
        {
            throw new RuleException([UniqueRules.Broken(index)]);
        }
        finally
        {
            db.Forget();
        }
        lists.Drop(added.Select(c => c.Type));
    }

    private void Keep<T>(T record, (DateTime, long)? past) where T : Record
    {
        user.Access.Require<T>(RecordAction.Create);
        if (record.Id == 0)
        {
            if (ids.Count == 0)
                ids = sequences.ReserveIds(IdsAtOnce);
            record.Identify(ids.Dequeue());
        }
        changes.Add(Change.Added(record) with { Past = past });
    }

    private async Task InsertAsync(IEnumerable<object> rows, CancellationToken ct)
    {
        var tables = rows.GroupBy(r => r.GetType()).ToDictionary(g => db.Model.FindEntityType(g.Key)!, g => g.ToList());
        foreach (var type in InsertOrder.Of(tables.Keys))
            await db.Provider.InsertAsync(db, type, InsertOrder.Of(type, tables[type]), ct);
        Written += tables.Values.Sum(t => t.Count);
    }
}
