using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmWeb.Data.Sqlite.Migrations;

/// <summary>One trigram index over the search keys of all tables that search reads, kept up by triggers.</summary>
[DbContext(typeof(CrmDb))]
[Migration("20261125000000_SearchIndex")]
public sealed class SearchIndex : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE VIRTUAL TABLE SearchIndex USING fts5(t, content='', contentless_delete=1, tokenize='trigram');");
        foreach (var table in SqliteSearch.Tables)
        {
            var start = SqliteSearch.Start(table);
            migrationBuilder.Sql($"""
                CREATE TRIGGER {table}_SearchAdd AFTER INSERT ON {table} WHEN new.SearchKey IS NOT NULL
                BEGIN INSERT INTO SearchIndex(rowid, t) VALUES ({start} + new.Id, new.SearchKey); END;
                """);
            migrationBuilder.Sql($"""
                CREATE TRIGGER {table}_SearchChange AFTER UPDATE OF SearchKey ON {table} WHEN new.SearchKey IS NOT old.SearchKey
                BEGIN DELETE FROM SearchIndex WHERE rowid = {start} + old.Id; INSERT INTO SearchIndex(rowid, t) SELECT {start} + new.Id, new.SearchKey WHERE new.SearchKey IS NOT NULL; END;
                """);
            migrationBuilder.Sql($"""
                CREATE TRIGGER {table}_SearchRemove AFTER DELETE ON {table}
                BEGIN DELETE FROM SearchIndex WHERE rowid = {start} + old.Id; END;
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in SqliteSearch.Tables)
            migrationBuilder.Sql($"DROP TRIGGER {table}_SearchAdd; DROP TRIGGER {table}_SearchChange; DROP TRIGGER {table}_SearchRemove;");
        migrationBuilder.Sql("DROP TABLE SearchIndex;");
    }
}
