using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

internal sealed class BulkRows(ListRows list, CrmDb db, IServiceProvider services, ICurrentUser user) : IBulkRows
{
    public Task<BulkCount> CountAsync(RecordType type, Chosen chosen, RecordAction action, CancellationToken ct) => type.Accept(new Counter(this, chosen, action, ct));

    public Task<ListPage> SampleAsync(RecordType type, Chosen chosen, RecordAction action, int size, CancellationToken ct) => type.Accept(new Sampler(this, chosen, action, size, ct));

    public async Task<BulkBatch<T>> NextAsync<T>(RecordType<T> type, Chosen chosen, RecordAction action, long after, int size, CancellationToken ct) where T : Record
    {
        var named = chosen.Ids.Where(id => id > after).Take(size).ToList();
        var next = chosen.IsAll ? Of(type, chosen) : Seen(type).Where(r => named.Contains(r.Id));
        var seen = await next.Where(r => r.Id > after).OrderBy(r => r.Id).Select(r => r.Id).Take(size).ToListAsync(ct);
        var mine = await Mine(Seen(type).Where(r => seen.Contains(r.Id)), action).AsTracking().ToListAsync(ct);
        return new(chosen.IsAll ? seen : named, seen.ToHashSet(), mine.ToDictionary(r => r.Id));
    }

    public void Leave(Record record) => db.Entry(record).State = EntityState.Detached;

    private IQueryable<T> Of<T>(RecordType<T> type, Chosen chosen) where T : Record
    {
        var (ids, until) = (chosen.Ids.ToList(), chosen.Until);
        if (!chosen.IsAll)
            return Seen(type).Where(r => EF.Parameter(ids).Contains(r.Id)); // one parameter, however many there are
        var rows = list.Of(type, chosen.Query).Where(r => DatabaseWords.Frequent(r.CreatedAt <= until));
        return ids.Count == 0 ? rows : rows.Where(r => !EF.Parameter(ids).Contains(r.Id));
    }

    private IQueryable<T> Seen<T>(RecordType<T> type) where T : Record => services.GetRequiredService<IRepository<T>>().Query().Listed(type);

    private IQueryable<T> Mine<T>(IQueryable<T> rows, RecordAction action) where T : Record => rows.Within(user.Access, RecordAction.BulkEdit).Within(user.Access, action);

    private bool AreAllMine<T>(RecordAction action) where T : Record =>
        new[] { RecordAction.BulkEdit, action }.All(a => user.Access.ScopeOf(typeof(T).Name, a) == Scope.All);

    private sealed class Counter(BulkRows rows, Chosen chosen, RecordAction action, CancellationToken ct) : IRecordTypeVisitor<Task<BulkCount>>
    {
        public async Task<BulkCount> Visit<T>(RecordType<T> type) where T : Record
        {
            var seen = await CountAsync(rows.Of(type, chosen));
            return new(seen, rows.AreAllMine<T>(action) ? seen : await CountAsync(rows.Mine(rows.Of(type, chosen), action)));
        }

        private Task<int> CountAsync<T>(IQueryable<T> found) where T : Record => found.Select(r => r.Id).Take(BulkRun.MostRecords + 1).CountAsync(ct);
    }

    private sealed class Sampler(BulkRows rows, Chosen chosen, RecordAction action, int size, CancellationToken ct) : IRecordTypeVisitor<Task<ListPage>>
    {
        private const int MostColumns = 3;

        public Task<ListPage> Visit<T>(RecordType<T> type) where T : Record
        {
            var query = chosen.Query with { Size = size, Columns = [.. chosen.Query.Columns.Take(MostColumns)] };
            return ListService.PageAsync(type, query, rows.Mine(rows.Of(type, chosen), action), ct);
        }
    }
}
