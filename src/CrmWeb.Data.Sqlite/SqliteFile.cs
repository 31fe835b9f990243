using Microsoft.Data.Sqlite;

namespace CrmWeb.Data.Sqlite;

/// <summary>The database file is not one to work on.</summary>
public sealed class DamagedDatabaseException(string file, string finding) : UnusableDatabaseException($"The database file {file} is damaged ({finding}). Nothing was written to it; restore a backup.");

/// <summary>Looks at the database file before it is used: SQLite itself would open a damaged one and write into it.</summary>
internal static class SqliteFile
{
    public static async Task CheckAsync(string file, CancellationToken ct)
    {
        if (!File.Exists(file) || new FileInfo(file).Length == 0)
            return;

        string finding;
        try
        {
            finding = await QuickCheckAsync(file, ct);
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is 11 or 26)
        {
            finding = broken.Message;
        }
        if (finding != "ok")
            throw new DamagedDatabaseException(file, finding);
    }

    // Reading only, and not kept open: a connection that may write carries the write-ahead log of a crash into the file when it closes.
    private static async Task<string> QuickCheckAsync(string file, CancellationToken ct)
    {
        var reading = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = SqliteProvider.WaitSeconds };
        await using var connection = new SqliteConnection(reading.ConnectionString);
        await connection.OpenAsync(ct);
        foreach (var table in await TablesAsync(connection, ct))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA quick_check(\"{table}\")";
            if ((string)(await command.ExecuteScalarAsync(ct))! is not "ok" and var finding)
                return finding;
        }
        return "ok";
    }

    // Table by table: asked for all at once, SQLite also works out anew what the search index should hold, which takes longer than all the rest.
    private static async Task<IReadOnlyList<string>> TablesAsync(SqliteConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0";
        await using var rows = await command.ExecuteReaderAsync(ct);
        var tables = new List<string> { "sqlite_schema" };
        while (await rows.ReadAsync(ct))
            tables.Add(rows.GetString(0));
        return tables;
    }
}
