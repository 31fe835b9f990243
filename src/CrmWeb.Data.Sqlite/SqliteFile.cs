using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CrmWeb.Data.Sqlite;

/// <summary>The database file is not one to work on.</summary>
public sealed class DamagedDatabaseException(string file, string finding) : UnusableDatabaseException($"The database file {file} is damaged ({finding}). Nothing was written to it; restore a backup.");

/// <summary>A database file as such, apart from the product's contexts: opened for a moment, looked at before it is used. SQLite itself would open a damaged one and write into it.</summary>
internal static class SqliteFile
{
    private const int Corrupt = 11, NoDatabase = 26;
    private const int Checkers = 2; // it is the processor that a check waits for

    public static bool IsDamage(SqliteException failed) => failed.SqliteErrorCode is Corrupt or NoDatabase;

    public static bool IsEmpty(string file) => !File.Exists(file) || new FileInfo(file).Length == 0;

    /// <summary>How a connection of one's own is asked for, which is not kept.</summary>
    public static string Settings(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = SqliteProvider.WaitSeconds }.ConnectionString;

    public static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken ct)
    {
        var connection = new SqliteConnection(Settings(file, mode));
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The migrations that have run on a file.</summary>
    public static async Task<IReadOnlyList<string>> MigrationsAsync(string file, CancellationToken ct)
    {
        await using var connection = await OpenAsync(file, SqliteOpenMode.ReadOnly, ct);
        var hasHistory = await ListAsync(connection, "SELECT name FROM sqlite_schema WHERE name = '__EFMigrationsHistory'", ct) is not [];
        return hasHistory ? await ListAsync(connection, "SELECT MigrationId FROM __EFMigrationsHistory", ct) : [];
    }

    /// <param name="isThorough">Also whether each index holds what its table does, and each reference leads somewhere: that takes several times as long.</param>
    /// <exception cref="DamagedDatabaseException">The file is not whole. Nothing was written to it.</exception>
    public static async Task CheckAsync(string file, CancellationToken ct, bool isThorough = false)
    {
        if (IsEmpty(file))
            return;

        string finding;
        try
        {
            finding = await FindingAsync(file, isThorough, ct);
        }
        catch (SqliteException broken) when (IsDamage(broken))
        {
            finding = broken.Message;
        }
        if (finding != "ok")
            throw new DamagedDatabaseException(file, finding);
    }

    /// <summary>Runs one statement: what follows a row in a command of several fails without a word.</summary>
    public static async Task RunAsync(SqliteConnection connection, string statement, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The texts of the first column.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(SqliteConnection connection, string query, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await rows.ReadAsync(ct))
            found.Add(rows.GetString(0));
        return found;
    }

    // Reading only, and not kept open: a connection that may write carries the write-ahead log of a crash into the file when it closes.
    // Table by table: asked for all at once, SQLite also works out anew what the search index should hold, which takes longer than all the rest.
    private static async Task<string> FindingAsync(string file, bool isThorough, CancellationToken ct)
    {
        await using var connection = await OpenAsync(file, SqliteOpenMode.ReadOnly, ct);
        var tables = new ConcurrentQueue<string>(await ListAsync(connection, "SELECT 'sqlite_schema' UNION ALL SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0", ct));
        var findings = await Task.WhenAll(Enumerable.Range(0, Checkers).Select(_ => Task.Run(() => FindingAsync(file, tables, isThorough ? "integrity_check" : "quick_check", ct), ct)));
        return findings.FirstOrDefault(f => f is not "ok")
            ?? (isThorough && await ListAsync(connection, "PRAGMA foreign_key_check", ct) is [var lost, ..] ? $"a row of {lost} refers to one that is not there" : "ok");
    }

    private static async Task<string> FindingAsync(string file, ConcurrentQueue<string> tables, string check, CancellationToken ct)
    {
        await using var connection = await OpenAsync(file, SqliteOpenMode.ReadOnly, ct);
        while (tables.TryDequeue(out var table))
        {
            if ((await ListAsync(connection, $"PRAGMA {check}(\"{table}\")", ct))[0] is not "ok" and var finding)
                return finding;
        }
        return "ok";
    }
}
