using System.Globalization;
using System.Linq.Expressions;

namespace CrmWeb.Data.Common;

/// <summary>Conditions of a list as expressions; every value becomes a parameter of the query.</summary>
internal sealed class FilterExpressions(ICurrentUser user, TimeProvider clock)
{
    /// <summary>Same field and operator: any of them. Different ones: all. Same group: any within.</summary>
    /// <param name="sort">What the rows will be ordered by: its index finds them too.</param>
    public IQueryable<T> Apply<T>(IQueryable<T> rows, IReadOnlyList<ListFilter> filters, Field? sort = null) where T : Record
    {
        foreach (var group in filters.GroupBy(f => f.Group))
        {
            var conditions = group.GroupBy(f => (f.Field.Key, f.Operator)).Select(same => Condition<T>(same.First().Field, same.Key.Operator, [.. same.Select(f => f.Value)], sort)).ToList();
            rows = group.Key == 0
                ? conditions.Aggregate(rows, (all, one) => all.Where(one))
                : rows.Where(conditions.Aggregate((a, b) => Join(a, b, Expression.OrElse)));
        }
        return rows;
    }

    private Expression<Func<T, bool>> Condition<T>(Field field, FilterOperator op, IReadOnlyList<string> values, Field? sort)
    {
        var (row, body) = (field.Value.Parameters[0], field.Value.Body);
        var tests = values.Select(v => Test(field, body, op, v)).ToList();
        var combined = tests.Aggregate(op == FilterOperator.Not ? Expression.AndAlso : Expression.OrElse);
        return Expression.Lambda<Func<T, bool>>(field == sort || FindsFew(field, op) ? combined : combined.Frequent, row);
    }

    // A name, a person, a span of days: an index of it is the way in. A stage, a country, an amount: found soon where the list is walked in its order.
    private static bool FindsFew(Field field, FilterOperator op) => field.Kind switch
    {
        FieldKind.Title or FieldKind.Text or FieldKind.Email or FieldKind.Phone or FieldKind.Url => op == FilterOperator.Is,
        FieldKind.Reference => op is FilterOperator.Is or FilterOperator.Empty,
        FieldKind.Day or FieldKind.Moment => op is FilterOperator.Is or FilterOperator.Between,
        _ => false,
    };

    private Expression Test(Field field, Expression body, FilterOperator op, string value)
    {
        if (op == FilterOperator.Empty)
            return IsEmpty(field, body, wanted: value != "false");
        switch (field.Kind)
        {
            case FieldKind.Title or FieldKind.Text or FieldKind.LongText or FieldKind.Email or FieldKind.Phone or FieldKind.Url or FieldKind.Country or FieldKind.Language or FieldKind.Currency:
                return Text(body, op, value);
            case FieldKind.Tags:
                var tag = Expression.Call(AsStored(body), nameof(string.Contains), typeArguments: null, Value(System.Text.Json.JsonSerializer.Serialize(value), typeof(string)));
                return op == FilterOperator.Not ? Expression.Not(tag) : tag;
            case FieldKind.Day or FieldKind.Moment:
                return Time(field, body, op, value);
            case FieldKind.Choices:
                return HasFlag(field, body, op, value);
            case FieldKind.Reference when value == "me":
                return Compare(body, op, Value(user.Id ?? 0L, body.Type));
            default:
                if (op == FilterOperator.Between && value.Split("..", 2) is [var from, var to])
                    return Expression.AndAlso(Compare(body, FilterOperator.Ge, Value(Read(field, from), body.Type)), Compare(body, FilterOperator.Le, Value(Read(field, to), body.Type)));
                return Compare(body, op, Value(Read(field, value), body.Type));
        }
    }

    private static object? Read(Field field, string value)
    {
        try
        {
            return FieldText.Read(field, value) ?? throw new FormatException();
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            throw new RuleException([new("Error.List.Value", Property: null, value)]);
        }
    }

    private static Expression IsEmpty(Field field, Expression body, bool wanted)
    {
        var empty = field.Kind == FieldKind.Tags ? Text(AsStored(body), FilterOperator.Is, "[]")
            : field.Kind == FieldKind.Choices ? Expression.Equal(Expression.Convert(body, typeof(int)), Expression.Constant(0))
            : body.Type.IsValueType && Nullable.GetUnderlyingType(body.Type) is null ? Expression.Constant(value: false)
            : Expression.Equal(body, Expression.Constant(null, body.Type));
        return wanted ? empty : Expression.Not(empty);
    }

    private static Expression Text(Expression body, FilterOperator op, string value)
    {
        var text = Value(value, typeof(string));
        return op switch
        {
            FilterOperator.Is => Expression.Equal(body, text),
            FilterOperator.Not => Expression.OrElse(Expression.Equal(body, Expression.Constant(null, typeof(string))), Expression.NotEqual(body, text)),
            FilterOperator.Starts => Like(body, $"{Escaped(value)}%"),
            _ => Like(body, $"%{Escaped(value)}%"),
        };
    }

    /// <summary>The text a value with a conversion of its own is stored as.</summary>
    private static UnaryExpression AsStored(Expression body) => Expression.Convert(Expression.Convert(body, typeof(object)), typeof(string));

    // LIKE, since both databases take small and capital letters for the same in it.
    private static MethodCallExpression Like(Expression body, string pattern) => Expression.Call(
        typeof(DbFunctionsExtensions), nameof(DbFunctionsExtensions.Like), typeArguments: null,
        Expression.Constant(EF.Functions), body, Value(pattern, typeof(string)), Expression.Constant(Escape));

    private static string Escaped(string value) => string.Concat(value.Select(c => c is '%' or '_' or '[' or '\\' ? $"{Escape}{c}" : c.ToString()));

    private const string Escape = "\\";

    private static Expression HasFlag(Field field, Expression body, FilterOperator op, string value)
    {
        var bits = Value(Convert.ToInt32(Read(field, value), CultureInfo.InvariantCulture), typeof(int));
        var has = Expression.NotEqual(Expression.And(Expression.Convert(body, typeof(int)), bits), Expression.Constant(0));
        return op == FilterOperator.Not ? Expression.Not(has) : has;
    }

    private Expression Time(Field field, Expression body, FilterOperator op, string value)
    {
        var (from, until) = new Periods(user.Habits, clock).Read(op, value) ?? throw new RuleException([new("Error.List.Value", Property: null, value)]);
        Expression Edge(DateOnly day) => field.Kind == FieldKind.Day
            ? Value(day, body.Type)
            : Value(user.Habits.Utc(day.ToDateTime(TimeOnly.MinValue)), body.Type);
        return op switch
        {
            FilterOperator.Lt => Compare(body, FilterOperator.Lt, Edge(from)),
            FilterOperator.Le => Compare(body, FilterOperator.Lt, Edge(until)),
            FilterOperator.Gt => Compare(body, FilterOperator.Ge, Edge(until)),
            FilterOperator.Ge => Compare(body, FilterOperator.Ge, Edge(from)),
            _ => Expression.AndAlso(Compare(body, FilterOperator.Ge, Edge(from)), Compare(body, FilterOperator.Lt, Edge(until))),
        };
    }

    private static Expression Compare(Expression body, FilterOperator op, Expression value) => op switch
    {
        FilterOperator.Not => Expression.NotEqual(body, value),
        FilterOperator.Lt => Expression.LessThan(body, value),
        FilterOperator.Le => Expression.LessThanOrEqual(body, value),
        FilterOperator.Gt => Expression.GreaterThan(body, value),
        FilterOperator.Ge => Expression.GreaterThanOrEqual(body, value),
        _ => Expression.Equal(body, value),
    };

    private static Expression<Func<T, bool>> Join<T>(Expression<Func<T, bool>> a, Expression<Func<T, bool>> b, Func<Expression, Expression, Expression> how) =>
        Expression.Lambda<Func<T, bool>>(how(a.Body, new RowScope.Swap(b.Parameters[0], a.Parameters[0]).Visit(b.Body)), a.Parameters);

    /// <summary>A value EF sees as a captured variable: a parameter in SQL, the same query for every value.</summary>
    internal static Expression Value(object? value, Type type) => (Expression)Capture.MakeGenericMethod(type).Invoke(obj: null, [value])!;

    private static readonly System.Reflection.MethodInfo Capture = typeof(FilterExpressions).GetMethod(nameof(Captured), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;

    private static Expression Captured<TValue>(object? value) => Expression.Field(Expression.Constant(new Box<TValue> { Held = (TValue)value! }), nameof(Box<>.Held));

    private sealed class Box<TValue>
    {
        public TValue? Held;
    }
}
