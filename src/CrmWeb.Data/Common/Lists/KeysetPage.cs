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

    public async Task<(IReadOnlyList<PageRow> Rows, string? Before, string? After)> ReadAsync(IQueryable<T> rows, IReadOnlyList<LambdaExpression> values, CancellationToken ct)
    {
        var backwards = before is not null;
        var down = descending != backwards;
        if (Place.Read(after ?? before, order.Body.Type) is { } place)
            rows = rows.Where(Beyond(place, down));
        var sorted = isSorted && !backwards ? rows : Ordered(rows, down);
        var found = await sorted.Select(Projection(values)).Take(size + 1).ToListAsync(ct);

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
        return down ? sorted.ThenByDescending(r => r.Id) : sorted.ThenBy(r => r.Id);
    }

    private bool IsId => order.Body is MemberExpression { Member.Name: nameof(Record.Id) };

    /// <summary>Rows past the place, in the direction of reading; what is empty counts as smallest, as both databases sort it.</summary>
    private Expression<Func<T, bool>> Beyond(Place place, bool down)
    {
        var row = order.Parameters[0];
        var id = Expression.Property(row, nameof(Record.Id));
        var (lastId, value) = (FilterExpressions.Value(place.Id, typeof(long)), FilterExpressions.Value(place.Value, order.Body.Type));
        var nextId = down ? Expression.LessThan(id, lastId) : Expression.GreaterThan(id, lastId);
        if (IsId)
            return Expression.Lambda<Func<T, bool>>(nextId, row);

        var isNull = CanBeNull ? Expression.Equal(order.Body, Expression.Constant(null, order.Body.Type)) : null;
        if (place.Value is null && isNull is not null)
            return Expression.Lambda<Func<T, bool>>(down ? Expression.AndAlso(isNull, nextId) : Expression.OrElse(Expression.Not(isNull), Expression.AndAlso(isNull, nextId)), row);

        var further = Compare(order.Body, place.Value!, down ? Expression.LessThan : Expression.GreaterThan);
        if (down && isNull is not null)
            return Expression.Lambda<Func<T, bool>>(Expression.OrElse(Expression.OrElse(further, isNull), Expression.AndAlso(Expression.Equal(order.Body, value), nextId)), row);

        // One range first, so that the index is entered at the place and not read from its beginning.
        var from = Compare(order.Body, place.Value!, down ? Expression.LessThanOrEqual : Expression.GreaterThanOrEqual);
        return Expression.Lambda<Func<T, bool>>(Expression.AndAlso(from, Expression.OrElse(further, nextId)), row);
    }

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
