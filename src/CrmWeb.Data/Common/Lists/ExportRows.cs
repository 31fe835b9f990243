using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace CrmWeb.Data.Common;

/// <summary>Reads a list page after page to its end: no transaction stays open while a slow reader takes the file.</summary>
internal sealed class ExportRows(ListRows list) : IExportRows
{
    private const int PageSize = 2_000;

    public Task<int> CountAsync(RecordType type, ListQuery query, int most, CancellationToken ct) => type.Accept(new Counter(list, query, most, ct));

    public IAsyncEnumerable<IReadOnlyList<object?[]>> ReadAsync(RecordType type, ListQuery query, IReadOnlyList<Field> fields, CancellationToken ct) =>
        type.Accept(new Reader(list, query, fields, ct));

    private sealed class Counter(ListRows list, ListQuery query, int most, CancellationToken ct) : IRecordTypeVisitor<Task<int>>
    {
        public Task<int> Visit<T>(RecordType<T> type) where T : Record => list.Walked(type, query, RecordAction.Export).Select(r => r.Id).Take(most + 1).CountAsync(ct);
    }

    private sealed class Reader(ListRows list, ListQuery query, IReadOnlyList<Field> fields, CancellationToken ct) : IRecordTypeVisitor<IAsyncEnumerable<IReadOnlyList<object?[]>>>
    {
        public IAsyncEnumerable<IReadOnlyList<object?[]>> Visit<T>(RecordType<T> type) where T : Record => PagesAsync(type, ct);

        private async IAsyncEnumerable<IReadOnlyList<object?[]>> PagesAsync<T>(RecordType<T> type, [EnumeratorCancellation] CancellationToken ct) where T : Record
        {
            var (order, values, after) = (ListRows.OrderOf(type, query), fields.Select(ValueOf).ToList(), (string?)null);
            do
            {
                var page = await order.Page<T>(after, before: null, PageSize).ReadAsync(list.Walked(type, query, RecordAction.Export), values, ct);
                yield return [.. page.Rows.Select(r => r.Values)];
                after = page.After;
            }
            while (after is not null);
        }

        /// <summary>A reference is told by its name, as the list shows it.</summary>
        private static LambdaExpression ValueOf(Field field) => field is { Kind: FieldKind.Reference, Extras: [var name, ..] } ? name : field.Value;
    }
}
