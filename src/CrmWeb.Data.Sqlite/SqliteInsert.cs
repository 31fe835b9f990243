using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmWeb.Data.Sqlite;

/// <summary>Inserts many rows of a table by one prepared statement, its columns and conversions taken from the model.</summary>
internal static class SqliteInsert
{
    public static async Task RunAsync(CrmDb db, IEntityType type, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var columns = Columns(type);
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})");
        for (var i = 0; i < columns.Count; i++)
            command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"$p{i}"), value: null));
        await command.PrepareAsync(ct);

        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
                command.Parameters[i].Value = columns[i].Read(row) ?? DBNull.Value;
            command.ExecuteNonQuery(); // SQLite works in this thread either way
        }
    }

    private static List<(string Name, Func<object, object?> Read)> Columns(IEntityType type) =>
    [
        .. type.GetProperties()
            .Where(p => !(p.IsPrimaryKey() && p.ValueGenerated == ValueGenerated.OnAdd))
            .Select(p => (p.GetColumnName(), Reader(p.GetGetter(), p.GetRelationalTypeMapping().Converter?.ConvertToProvider))),
    ];

    private static Func<object, object?> Reader(IClrPropertyGetter getter, Func<object?, object?>? convert) =>
        row => getter.GetClrValue(row) is { } value ? convert is null ? value : convert(value) : null;
}
