using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CrmWeb.DataTests.TSql;

/// <summary>Finds what SQL Server would refuse in the tables themselves, which no parser of a script can see.</summary>
internal static class ModelFaults
{
    private const int LongestClusteredKey = 900, LongestIndexKey = 1_700;

    public static IReadOnlyList<string> In(IRelationalModel model) =>
    [
        .. Cascades(model),
        .. model.Tables.SelectMany(t => t.UniqueConstraints).SelectMany(k => Key(k.Name, k.Columns, k.GetIsPrimaryKey() ? LongestClusteredKey : LongestIndexKey)),
        .. model.Tables.SelectMany(t => t.Indexes).SelectMany(i => Key($"{i.Table.Name}.{i.Name}", i.Columns, LongestIndexKey)),
        .. model.Tables.SelectMany(t => t.Indexes).SelectMany(Filter),
        .. model.Tables.SelectMany(t => t.Columns).SelectMany(Column),
    ];

    /// <summary>Error 1785: a deletion may reach a table by one way only, and never itself.</summary>
    private static IEnumerable<string> Cascades(IRelationalModel model)
    {
        var ways = model.Tables.SelectMany(t => t.ForeignKeyConstraints)
            .Where(k => k.OnDeleteAction is ReferentialAction.Cascade or ReferentialAction.SetNull or ReferentialAction.SetDefault)
            .ToLookup(k => k.PrincipalTable, k => k.Table);
        foreach (var start in ways.Select(w => w.Key))
        {
            var reached = new HashSet<ITable> { start };
            var open = new Stack<ITable>(ways[start]);
            while (open.TryPop(out var table))
            {
                if (!reached.Add(table))
                {
                    yield return $"Error 1785: several ways lead from deleting {start.Name} to {table.Name}";
                    continue;
                }
                foreach (var next in ways[table])
                    open.Push(next);
            }
        }
    }

    private static IEnumerable<string> Key(string name, IReadOnlyList<IColumnBase> columns, int longest)
    {
        var bytes = columns.Sum(c => Bytes(c.StoreType));
        if (bytes >= int.MaxValue)
            yield return $"Error 1919: {name} holds a column without limit";
        else if (bytes > longest)
            yield return string.Create(CultureInfo.InvariantCulture, $"Error 1946: the key of {name} takes {bytes} bytes, {longest} at most");
    }

    /// <summary>Filters know simple comparisons joined by AND, which the parser sees to, on columns of their table.</summary>
    private static IEnumerable<string> Filter(ITableIndex index)
    {
        if (index.Filter is not { } filter)
            yield break;
        if (TSqlFaults.Parse($"CREATE INDEX x ON [t] ([c]) WHERE {filter}", out var errors) is var fragment && errors.Count > 0)
        {
            yield return $"{errors[0].Message} in the filter of {index.Name}";
            yield break;
        }
        var names = new Names();
        fragment.Accept(names);
        foreach (var unknown in names.Found.Where(n => n is not ("c") && index.Table.FindColumn(n) is null))
            yield return $"Error 207: {index.Name} filters by {unknown}, which its table lacks";
    }

    /// <summary>A choice that is longer than its column would fail here and pass on SQLite; a text nobody gave a length would be refused by an index one day.</summary>
    private static IEnumerable<string> Column(IColumn column)
    {
        foreach (var property in column.PropertyMappings.Select(m => m.Property))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (type.IsEnum && property.GetMaxLength() is { } most && property.GetProviderClrType() == typeof(string) && Enum.GetNames(type).FirstOrDefault(n => n.Length > most) is { } longName)
                yield return $"Error 2628: {longName} does not fit {column.Table.Name}.{column.Name}";
            if (property.GetMaxLength() is null && column.StoreType == "nvarchar(max)" && property.PropertyInfo?.DeclaringType?.Namespace?.StartsWith("CrmWeb.", StringComparison.Ordinal) == true)
                yield return $"{column.Table.Name}.{column.Name} has no length; -1 says that none is meant";
        }
    }

    private static long Bytes(string storeType)
    {
        var (name, length) = storeType.Split('(', ')') is [var n, var inside, ..] ? (n, inside) : (storeType, "");
        return (name, length) switch
        {
            (_, "max") or ("text" or "ntext" or "image" or "xml" or "json", _) => int.MaxValue,
            ("nvarchar" or "nchar", _) => 2L * int.Parse(length, CultureInfo.InvariantCulture),
            ("varchar" or "char" or "varbinary" or "binary", _) => int.Parse(length, CultureInfo.InvariantCulture),
            ("uniqueidentifier" or "decimal" or "datetimeoffset", _) => 17,
            ("bigint" or "datetime2" or "float", _) => 8,
            ("int" or "date" or "bit", _) => 4,
            _ => throw new NotSupportedException($"How long is {storeType}?"),
        };
    }

    private sealed class Names : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ColumnReferenceExpression node) => Found.AddRange(node.MultiPartIdentifier?.Identifiers.Select(i => i.Value) ?? []);
    }
}
