using System.Globalization;
using CrmWeb.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Bulk;

/// <summary>The rows of a database as lines of text that are the same in two databases with the same content: ids become titles, versions only say that they are there.</summary>
internal static class TableText
{
    private static readonly HashSet<string> Technical = ["Sequences", "Users", "Logins"];

    public static async Task<Dictionary<string, List<string>>> ReadAsync(CrmDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        var tables = db.Model.GetEntityTypes().Where(t => t.GetTableName() is { } name && !Technical.Contains(name)).ToList();
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in tables.Where(t => t.ClrType.IsAssignableTo(typeof(Domain.Common.Record))))
        {
            foreach (var row in await RowsAsync(db, type.GetTableName()!, ct))
                titles[row["Id"]] = $"{type.ClrType.Name} {row["SortKey"]}";
        }

        var lines = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in tables.Select(t => t.GetTableName()!).Distinct(StringComparer.Ordinal))
            lines[name] = [.. (await RowsAsync(db, name, ct)).Select(row => string.Join(" | ", row.Select(c => $"{c.Key}={Text(c.Key, c.Value, titles)}"))).Order(StringComparer.Ordinal)];
        return lines;
    }

    private static string Text(string column, string value, Dictionary<string, string> titles) => column switch
    {
        _ when value == "NULL" => value,
        "Operation" => "an operation",
        "Version" or "VersionBefore" or "VersionAfter" => "a version",
        _ when column.EndsWith("Id", StringComparison.Ordinal) => titles.GetValueOrDefault(value, column == "Id" ? "an id" : value),
        _ => value,
    };

    private static async Task<List<Dictionary<string, string>>> RowsAsync(CrmDb db, string table, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<Dictionary<string, string>>();
        while (await reader.ReadAsync(ct))
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? "NULL" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!, StringComparer.Ordinal));
        return rows;
    }
}
