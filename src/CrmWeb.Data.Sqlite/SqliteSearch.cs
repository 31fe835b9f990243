using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace CrmWeb.Data.Sqlite;

/// <summary>One index of trigrams over the search keys of all tables. The entries of a table stand side by side, so that who looks in one passes over the others.</summary>
internal static class SqliteSearch
{
    private const int IdBits = 48, PagesPerStep = 100;

    /// <summary>What keeps the entries of a table up, be it written by whatever way; for the migration that makes the table.</summary>
    public static string Triggers(string table, int place)
    {
        var start = (long)place << IdBits;
        return $"""
            CREATE TRIGGER {table}_SearchAdd AFTER INSERT ON {table} WHEN new.SearchKey IS NOT NULL
            BEGIN INSERT INTO SearchIndex(rowid, t) VALUES ({start} + new.Id, new.SearchKey); END;
            CREATE TRIGGER {table}_SearchChange AFTER UPDATE OF SearchKey ON {table} WHEN new.SearchKey IS NOT old.SearchKey
            BEGIN DELETE FROM SearchIndex WHERE rowid = {start} + old.Id; INSERT INTO SearchIndex(rowid, t) SELECT {start} + new.Id, new.SearchKey WHERE new.SearchKey IS NOT NULL; END;
            CREATE TRIGGER {table}_SearchRemove AFTER DELETE ON {table}
            BEGIN DELETE FROM SearchIndex WHERE rowid = {start} + old.Id; END;
            """;
    }

    /// <summary>The rows whose search key holds all that is asked for, newest first.</summary>
    public static IQueryable<T> Matching<T>(CrmDb db, IQueryable<T> rows, IReadOnlyList<string> terms) where T : Record
    {
        var match = string.Join(" AND ", terms.Select(t => $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        var start = Start(db.Model.FindEntityType(typeof(T))!);
        var end = start + (1L << IdBits) - 1;
        var hits = db.Set<IndexHit>().FromSql($"SELECT rowid AS Entry, rowid - {start} AS Id FROM SearchIndex WHERE SearchIndex MATCH {match} AND rowid BETWEEN {start} AND {end}");
        return rows.Join(hits, r => r.Id, h => h.Id, (r, h) => new { Row = r, Hit = h })
            .OrderByDescending(x => x.Hit.Entry).Select(x => x.Row); // the index goes through its own entries backwards, and stops when the page is full
    }

    /// <summary>Adds entries for new rows of one table, with its triggers off: inside a trigger the index is flushed at every row, which takes ten times as long.</summary>
    public static void Add(sqlite3 handle, IEntityType table, IEnumerable<Record> rows)
    {
        var start = Start(table);
        using var insert = new SqliteStatement(handle, "INSERT INTO SearchIndex(rowid, t) VALUES (?1, ?2)");
        foreach (var row in rows.Where(r => r.SearchKey is not null).OrderBy(r => r.Id)) // the index takes rising entries without a flush in between
        {
            insert.Bind(1, start + row.Id);
            insert.Bind(2, row.SearchKey);
            insert.Execute();
        }
    }

    /// <summary>
    /// Joins the pieces that each save leaves: a search reads all of them. Done in short transactions, between which others write, until no level holds two pieces.
    /// See "The 'merge' command" and "The 'usermerge' configuration option" of the FTS5 documentation.
    /// </summary>
    public static async Task MergeAsync(CrmDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            await SqliteFile.RunAsync(connection, "INSERT INTO SearchIndex(SearchIndex, rank) VALUES ('usermerge', 2)", ct);
            for (long before = -1, now = await ChangesAsync(); now - before > 1; before = now, now = await ChangesAsync())
                await SqliteFile.RunAsync(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO SearchIndex(SearchIndex, rank) VALUES ('merge', {PagesPerStep})"), ct);

            async Task<long> ChangesAsync() => long.Parse((await SqliteFile.ListAsync(connection, "SELECT total_changes()", ct))[0], CultureInfo.InvariantCulture);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>What is added to a record's id to name its entry. A table that is not searched has 0, where no entry stands.</summary>
    private static long Start(IEntityType table) => (long)table.SearchPlace << IdBits;
}

/// <summary>An entry of the search index, and the id of the record it stands for.</summary>
internal sealed class IndexHit
{
    public long Entry { get; init; }

    public long Id { get; init; }
}
