using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmWeb.Data.Sqlite.Migrations;

/// <summary>One trigram index over the search keys of all tables that search reads, kept up by triggers.</summary>
[DbContext(typeof(CrmDb))]
[Migration("20261125000000_SearchIndex")]
public sealed class SearchIndex : Migration
{
    private static readonly string[] Tables = ["Customers", "Contacts", "Activities", "Attachments", "Users"]; // in the order of their places

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE VIRTUAL TABLE SearchIndex USING fts5(t, content='', contentless_delete=1, tokenize='trigram');");
        foreach (var (place, table) in Tables.Index())
            migrationBuilder.Sql(SqliteSearch.Triggers(table, place + 1));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
            migrationBuilder.Sql($"DROP TRIGGER {table}_SearchAdd; DROP TRIGGER {table}_SearchChange; DROP TRIGGER {table}_SearchRemove;");
        migrationBuilder.Sql("DROP TABLE SearchIndex;");
    }
}
