using System.Buffers.Text;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;

namespace CrmWeb.Data.Common;

/// <summary>A row as read: one value per asked expression.</summary>
internal sealed record PageRow(long Id, Guid Version, object?[] Values);

/// <summary>A page found by the values of its neighbour, so that the last page costs what the first costs. Empty values come first.</summary>
/// <param name="isSorted">The rows come in this order already, which then is not asked for again.</param>
internal sealed class KeysetPage<T>(LambdaExpression order, bool descending, string? after, string? before, int size, bool isSorted = false) where T : Record
{
    private const int Leading = 3; // id, version, sort value
    private readonly MemberExpression? beside = KeyBeside(order.Body);

    public async Task<(IReadOnlyList<PageRow> Rows, string? Before, string? After)> ReadAsync(IQueryable<T> rows, IReadOnlyList<LambdaExpression> values, CancellationToken ct)
    {
        var (backwards, found) = (before is not null, new List<object?[]>());
        var down = descending != backwards;
        if (beside is not null) // where the other row must be there, a database may begin with it
            rows = rows.Where(Part(Expression.GreaterThan(beside.Judged, Expression.Constant(0L, typeof(long?)))));
        var parts = Place.Read(after ?? before, order.Body.Type) is { } place ? Beyond(place, down).Select(p => rows.Where(p)) : [rows];
        foreach (var part in parts)
        {
            if (found.Count <= size)
                found.AddRange(await (isSorted && !backwards ? part : Ordered(part, down)).Select(Projection(values)).Take(size + 1 - found.Count).ToListAsync(ct));
        }

        var more = found.Count > size;
        if (more)
            found.RemoveAt(size);
        if (backwards)
            found.Reverse();
        var (hasBefore, hasAfter) = backwards ? (more, true) : (after is not null, more);
        return (
            [.. found.Select(f => new PageRow((long)f[0]!, (Guid)f[1]!, f[Leading..]))],
            hasBefore && found.Count > 0 ? Place.Write(found[0]) : null,
            hasAfter && found.Count > 0 ? Place.Write(found[^1]) : null);
    }

    private IQueryable<T> Ordered(IQueryable<T> rows, bool down)
    {
        if (IsId)
            return down ? rows.OrderByDescending(r => r.Id) : rows.OrderBy(r => r.Id);
        var method = down ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy);
        var sorted = (IOrderedQueryable<T>)rows.Provider.CreateQuery<T>(Expression.Call(typeof(Queryable), method, [typeof(T), order.Body.Type], rows.Expression, Expression.Quote(order)));
        var id = Expression.Lambda<Func<T, long>>(Id, order.Parameters[0]);
        return down ? sorted.ThenByDescending(id) : sorted.ThenBy(id);
    }

    private bool IsId => order.Body is MemberExpression { Member.Name: nameof(Record.Id) };

    // The key beside the sort value, whose index then has both.
    private MemberExpression Id => beside ?? Expression.Property(order.Parameters[0], nameof(Record.Id));

    private static MemberExpression? KeyBeside(Expression value) =>
        value is MemberExpression { Expression: MemberExpression other } && other.Type.GetProperty($"{typeof(T).Name}Id") is { } key && key.PropertyType == typeof(long) ? Expression.Property(other, key) : null;

    /// <summary>Rows past the place, in the direction of reading; what is empty counts as smallest, as both databases sort it. Each part is one stretch of an index, entered at the place.</summary>
    private IEnumerable<Expression<Func<T, bool>>> Beyond(Place place, bool down)
    {
        var lastId = FilterExpressions.Value(place.Id, typeof(long));
        var nextId = down ? Expression.LessThan(Id, lastId) : Expression.GreaterThan(Id, lastId);
        if (IsId)
            return [Part(nextId)];

        var isNull = CanBeNull ? Expression.Equal(order.Body, Expression.Constant(null, order.Body.Type)) : null;
        if (place.Value is null && isNull is not null)
            return down ? [Part(Expression.AndAlso(isNull, nextId))] : [Part(Expression.AndAlso(isNull, nextId)), Part(Expression.Not(isNull))];

        var further = Compare(order.Body, place.Value!, down ? Expression.LessThan : Expression.GreaterThan);
        var from = Compare(order.Body, place.Value!, down ? Expression.LessThanOrEqual : Expression.GreaterThanOrEqual);
        var filled = Part(Expression.AndAlso(from, Expression.OrElse(further, nextId)));
        return down && isNull is not null ? [filled, Part(isNull)] : [filled];
    }

    private Expression<Func<T, bool>> Part(Expression condition) => Expression.Lambda<Func<T, bool>>(condition, order.Parameters[0]);

    private bool CanBeNull => Nullable.GetUnderlyingType(order.Body.Type) is not null
        || (order.Body.Type == typeof(string) && order.Body is not MemberExpression { Member.Name: nameof(Record.SortKey) });

    private static Expression Compare(Expression body, object value, Func<Expression, Expression, Expression> how)
    {
        var plain = Nullable.GetUnderlyingType(body.Type) ?? body.Type;
        if (plain.IsEnum) // choices are stored by name, and ordered as they are stored
            (body, value) = (Expression.Convert(Expression.Convert(body, typeof(object)), typeof(string)), value.ToString()!);
        var place = FilterExpressions.Value(value, body.Type);
        return body.Type == typeof(string)
            ? how(Expression.Call(typeof(string), nameof(string.Compare), typeArguments: null, body, place), Expression.Constant(0))
            : how(body, place);
    }

    private Expression<Func<T, object?[]>> Projection(IEnumerable<LambdaExpression> values)
    {
        var row = order.Parameters[0];
        var cells = values.Select(v => new RowScope.Swap(v.Parameters[0], row).Visit(v.Body))
            .Prepend(order.Body).Prepend(Expression.Property(row, nameof(Record.Version))).Prepend(Expression.Property(row, nameof(Record.Id)))
            .Select(c => Expression.Convert(Lifted(c), typeof(object)));
        return Expression.Lambda<Func<T, object?[]>>(Expression.NewArrayInit(typeof(object), cells), row);
    }

    // A value reached through a missing row is null, also where its own type has no null.
    private static Expression Lifted(Expression cell)
    {
        while (cell is UnaryExpression { NodeType: ExpressionType.Convert } cast && cast.Type == typeof(object))
            cell = cast.Operand;
        return cell.Type.IsValueType && Nullable.GetUnderlyingType(cell.Type) is null ? Expression.Convert(cell, typeof(Nullable<>).MakeGenericType(cell.Type)) : cell;
    }

    /// <summary>The sort value and id of a row, as an opaque token. It carries no right: whatever it says, only visible rows come.</summary>
    private sealed record Place(object? Value, long Id)
    {
        public static string Write(object?[] row) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Text(row[2]), ((long)row[0]!).ToString(CultureInfo.InvariantCulture) }));

        // Exactly what is stored: a text is not taken for a missing one, a number not rounded.
        private static string? Text(object? value) => value switch
        {
            string text => text,
            decimal number => number.ToString(CultureInfo.InvariantCulture),
            _ => FieldText.Write(value),
        };

        public static Place? Read(string? token, Type type)
        {
            if (token is null)
                return null;
            try
            {
                var parts = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(token));
                return parts is [var value, { } id] ? new(Parse(value, type), long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture)) : throw new FormatException();
            }
            catch (Exception wrong) when (wrong is FormatException or JsonException or OverflowException or ArgumentException)
            {
                throw new RuleException([new("Error.List.Place")]);
            }
        }

        private static object? Parse(string? value, Type type)
        {
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            return value switch
            {
                null => type.IsValueType && plain == type ? throw new FormatException() : null,
                _ when plain == typeof(string) => value,
                _ when plain == typeof(DateTime) => DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal),
                _ when plain == typeof(DateOnly) => DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ when plain.IsEnum => Enum.IsDefined(plain, value) ? Enum.Parse(plain, value) : throw new FormatException(),
                _ => Convert.ChangeType(value, plain, CultureInfo.InvariantCulture),
            };
        }
    }
}
