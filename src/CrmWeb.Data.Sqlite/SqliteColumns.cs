using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Data.Sqlite;

/// <summary>A column that an insert fills, and how its stored value is read from an entity.</summary>
internal sealed record SqliteColumn(string Name, Func<object, object?> Read);

/// <summary>The columns of each table, worked out once.</summary>
internal static class SqliteColumns
{
    private static readonly ConditionalWeakTable<IEntityType, IReadOnlyList<SqliteColumn>> Known = [];

    public static IReadOnlyList<SqliteColumn> Of(IEntityType type) => Known.GetValue(type, static t =>
    [
        .. t.GetProperties()
            .Where(p => !(p.IsPrimaryKey() && p.ValueGenerated == ValueGenerated.OnAdd))
            .Select(p => new SqliteColumn(p.GetColumnName(), Reader(p.GetGetter(), p.GetRelationalTypeMapping().Converter?.ConvertToProvider))),
    ]);

    private static Func<object, object?> Reader(IClrPropertyGetter getter, Func<object?, object?>? convert) =>
        convert is null ? getter.GetClrValue : row => getter.GetClrValue(row) is { } value ? convert(value) : null;
}
