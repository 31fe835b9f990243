using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace CrmWeb.Data.Sqlite;

/// <summary>Inserts many rows of a table by one prepared statement, its columns and conversions taken from the model.</summary>
internal static class SqliteInsert
{
    private const int RowsBetweenLooks = 500;

    public static void Run(CrmDb db, IEntityType type, IReadOnlyList<object> rows, CancellationToken ct)
    {
        var (columns, handle) = (SqliteColumns.Of(type), ((SqliteConnection)db.Database.GetDbConnection()).Handle!);
        var places = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"?{i + 1}")));
        using var insert = new SqliteStatement(handle, $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({places})");
        using var triggers = type.ClrType.IsAssignableTo(typeof(ISearchable)) ? new TriggersOff(handle) : null;
        for (var row = 0; row < rows.Count; row++)
        {
            if (row % RowsBetweenLooks == 0)
                ct.ThrowIfCancellationRequested();
            for (var i = 0; i < columns.Count; i++)
                insert.Bind(i + 1, columns[i].Read(rows[row]));
            insert.Execute();
        }
        if (triggers is not null)
            SqliteSearch.Add(handle, type, rows.Cast<Record>());
    }

    /// <summary>Switches this connection's triggers off for a while. Only those of the search index exist.</summary>
    private sealed class TriggersOff : IDisposable
    {
        private readonly sqlite3 handle;

        public TriggersOff(sqlite3 handle)
        {
            this.handle = handle;
            Set(0);
        }

        public void Dispose() => Set(1);

        private void Set(int on) => SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_ENABLE_TRIGGER, on, out _), handle);
    }
}
