using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

/// <summary>The rows a list asks for and their order: the same for its pages, its numbers and its export.</summary>
internal sealed class ListRows(IServiceProvider services, CrmDb db, ICurrentUser user, TimeProvider clock)
{
    /// <summary>Rows that the user sees and may do this with, before order and page.</summary>
    public IQueryable<T> Of<T>(RecordType<T> type, ListQuery query, RecordAction action = RecordAction.View) where T : Record
    {
        var seen = services.GetRequiredService<IRepository<T>>().Query();
        if (action != RecordAction.View)
            seen = seen.Within(user.Access, action);
        var rows = Asked(type, query, seen);
        return string.IsNullOrWhiteSpace(query.Text) ? rows : SearchRows.Matching(db, rows, query.Text);
    }

    /// <summary>The same rows where nothing but the list itself finds them, for its pages and numbers: what the user sees some of is made of parts, each found and ordered by an index, which the database merges.</summary>
    public IQueryable<T> Walked<T>(RecordType<T> type, ListQuery query, RecordAction action = RecordAction.View) where T : Record
    {
        var isSeen = user.Access.ScopeOf(type.Name, action) <= user.Access.ScopeOf(type.Name, RecordAction.View); // then what is reached is seen
        return string.IsNullOrWhiteSpace(query.Text) && isSeen && Asked(type, query, db.Set<T>().AsNoTracking().Where(r => r.DeletedAt == null)).Parts(user.Access, action) is { Count: > 0 } parts
            ? parts.Aggregate(Queryable.Concat)
            : Of(type, query, action);
    }

    private IQueryable<T> Asked<T>(RecordType<T> type, ListQuery query, IQueryable<T> rows) where T : Record => new FilterExpressions(user, clock).Apply(rows.Listed(type), query.Filters, SortOf(type, query));

    public static ListOrder OrderOf<T>(RecordType<T> type, ListQuery query) where T : Record
    {
        var byText = query.Text is not null && query.SortKey is null;
        var sort = SortOf(type, query);
        var descending = byText || (query.SortKey is null ? type.Order.Descending : query.Descending);
        return new(sort, descending, byText ? IdOf(type) : sort.SortBy ?? sort.Value, IsSorted: byText);
    }

    private static Field SortOf(RecordType type, ListQuery query) => type.Find(query.SortKey ?? type.Order.Key)!;

    private static Expression<Func<T, long>> IdOf<T>(RecordType<T> _) where T : Record => r => r.Id;
}

/// <summary>How a list is ordered.</summary>
/// <param name="IsSorted">The rows come in this order already.</param>
internal sealed record ListOrder(Field Sort, bool Descending, LambdaExpression Key, bool IsSorted)
{
    public KeysetPage<T> Page<T>(string? after, string? before, int size) where T : Record => new(Key, Descending, after, before, size, IsSorted);
}
