using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmWeb.Data.SqlServer;

/// <summary>Inserts many rows of a table by bulk copy, its columns and conversions taken from the model.</summary>
internal static class SqlServerInsert
{
    public static async Task RunAsync(CrmDb db, IEntityType type, IReadOnlyList<object> rows, CancellationToken ct)
    {
        using var table = Table(type, rows);
        using var copy = new SqlBulkCopy(
            (SqlConnection)db.Database.GetDbConnection(), SqlBulkCopyOptions.CheckConstraints, (SqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction())
        {
            DestinationTableName = $"[{type.GetTableName()}]",
        };
        foreach (DataColumn column in table.Columns)
            copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        await copy.WriteToServerAsync(table, ct);
    }

    internal static DataTable Table(IEntityType type, IReadOnlyList<object> rows)
    {
        var table = new DataTable();
        var readers = new List<Func<object, object?>>();
        foreach (var property in type.GetProperties().Where(p => !(p.IsPrimaryKey() && p.ValueGenerated == ValueGenerated.OnAdd)))
        {
            var (getter, converter) = (property.GetGetter(), property.GetRelationalTypeMapping().Converter);
            var stored = converter?.ProviderClrType ?? property.ClrType;
            stored = Nullable.GetUnderlyingType(stored) ?? stored;
            table.Columns.Add(property.GetColumnName(), stored == typeof(DateOnly) ? typeof(DateTime) : stored); // a data table compares and copies moments, not days
            readers.Add(row => getter.GetClrValue(row) is { } value ? Plain(converter is null ? value : converter.ConvertToProvider(value)) : null);
        }
        foreach (var row in rows)
            table.Rows.Add([.. readers.Select(read => read(row) ?? DBNull.Value)]);
        return table;
    }

    private static object? Plain(object? value) => value is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : value;
}
