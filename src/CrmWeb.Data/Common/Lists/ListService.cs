using System.Linq.Expressions;
using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Common;

internal sealed class ListService(ListRows list, ICurrentUser user, TimeProvider clock, ListCache cache) : IListService
{
    public Task<ListPage> ReadAsync(RecordType type, ListQuery query, CancellationToken ct) => type.Accept(new Reader(list, query, ct));

    public Task<ListTotals> TotalsAsync(RecordType type, ListQuery query, CancellationToken ct) =>
        cache.GetAsync(type.Name, Key(type, query), () => type.Accept(new Summer(list, query, CancellationToken.None)));

    public async Task<int> CountAsync(RecordType type, ListQuery query, CancellationToken ct) =>
        await KnownCountAsync(type, query, orBefore: true) ?? (await cache.GetAsync(Aside(type), Key(type, query), () => type.Accept(new Counter(list, query)))).Count;

    public async Task<int?> KnownCountAsync(RecordType type, ListQuery query, bool orBefore = false)
    {
        var key = Key(type, query);
        return ((await cache.FindAsync<ListTotals>(type.Name, key)) ?? (orBefore ? await cache.FindAsync<ListTotals>(Aside(type), key) : null))?.Count;
    }

    // Kept under a name that no save drops.
    private static string Aside(RecordType type) => $"{type.Name} aside";

    /// <summary>Everything that numbers over all matches depend on: the condition, the viewer's day and what he may see.</summary>
    private string Key(RecordType type, ListQuery query)
    {
        var (access, day) = (user.Access, user.Habits.Today(clock));
        var scope = access.ScopeOf(type.Name, RecordAction.View);
        var teams = scope switch { Scope.Team => access.Teams, Scope.Subtree => access.Subtree, _ => [] };
        return string.Join('\u001f', [query.Text ?? "", $"{day:O}", user.Habits.Zone.Id, user.Habits.Format.Name, $"{access.UserId}", $"{scope}", string.Join(',', teams), string.Join(',', access.SharedFor(RecordAction.View)), string.Join(',', type.With(FieldUse.Total).Select(f => f.Key)), .. query.Filters.Select(f => $"{f.Name}={f.Value}")]);
    }

    /// <summary>A page of these rows, in the order and with the columns that the list asks for.</summary>
    internal static async Task<ListPage> PageAsync<T>(RecordType<T> type, ListQuery query, IQueryable<T> rows, CancellationToken ct) where T : Record
    {
        var columns = query.Columns.Select(c => type.Find(c)!).ToList();
        var order = ListRows.OrderOf(type, query);

        var page = await order.Page<T>(query.After, query.Before, query.Size).ReadAsync(rows, Cells(columns), ct);
        return new(columns, [.. page.Rows.Select(r => Row(columns, r))], page.Before, page.After, order.Sort, order.Descending);
    }

    private static IReadOnlyList<LambdaExpression> Cells(IEnumerable<Field> columns) => [.. columns.SelectMany(c => c.Extras.Prepend(c.Value))];

    private static ListRow Row(IReadOnlyList<Field> columns, PageRow row)
    {
        var (cells, at) = (new ListCell[columns.Count], 0);
        for (var i = 0; i < cells.Length; i++)
        {
            var extras = columns[i].Extras.Count;
            cells[i] = new(row.Values[at], new ArraySegment<object?>(row.Values, at + 1, extras));
            at += 1 + extras;
        }
        return new(row.Id, row.Version, cells);
    }

    private sealed class Reader(ListRows list, ListQuery query, CancellationToken ct) : IRecordTypeVisitor<Task<ListPage>>
    {
        public Task<ListPage> Visit<T>(RecordType<T> type) where T : Record => PageAsync(type, query, list.Walked(type, query), ct);
    }

    private sealed class Counter(ListRows list, ListQuery query) : IRecordTypeVisitor<Task<ListTotals>>
    {
        public async Task<ListTotals> Visit<T>(RecordType<T> type) where T : Record => new(await CountAsync(list.Walked(type, query), CancellationToken.None), []);

        public static Task<int> CountAsync<T>(IQueryable<T> rows, CancellationToken ct) where T : Record => rows.Select(r => r.Id).Take(ListTotals.MostCounted + 1).CountAsync(ct);
    }

    private sealed class Summer(ListRows list, ListQuery query, CancellationToken ct) : IRecordTypeVisitor<Task<ListTotals>>
    {
        public async Task<ListTotals> Visit<T>(RecordType<T> type) where T : Record
        {
            var sums = new List<ListSum>();
            foreach (var field in type.With(FieldUse.Total))
                sums.AddRange(await SumsAsync(list.Walked(type, query), field));
            return new(await Counter.CountAsync(list.Walked(type, query), ct), sums);
        }

        private async Task<IEnumerable<ListSum>> SumsAsync<T>(IQueryable<T> rows, Field field) where T : Record
        {
            var row = field.Value.Parameters[0];
            var currency = field.Extras.Count > 0 ? new RowScope.Swap(field.Extras[0].Parameters[0], row).Visit(field.Extras[0].Body) : Expression.Constant("");
            var key = Expression.Lambda<Func<T, string>>(currency is UnaryExpression { NodeType: ExpressionType.Convert } cast ? cast.Operand : currency, row);
            var amount = Expression.Lambda<Func<T, decimal?>>(Expression.Convert(field.Value.Body, typeof(decimal?)), row);
            var found = await rows.GroupBy(key, amount).Select(g => new { Currency = g.Key, Sum = g.Sum() }).OrderBy(g => g.Currency).Take(50).ToListAsync(ct);
            return found.Where(f => f.Sum is not null && f.Sum != 0).Select(f => new ListSum(field, f.Currency, decimal.Round(f.Sum!.Value, 4)));
        }
    }
}
