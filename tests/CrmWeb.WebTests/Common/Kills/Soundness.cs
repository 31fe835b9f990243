using System.Globalization;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.WebTests.Common.Kills;

/// <summary>Whether all that a save writes besides its record agrees with the record, over the whole database: a half-written save would show here. On SQLite.</summary>
internal static class Soundness
{
    private const int IdBits = 48;

    public static async Task<IReadOnlyList<string>> FaultsAsync(CrmDb db, CancellationToken ct)
    {
        var faults = new List<string>();
        foreach (var (fault, sql) in Whole.Concat(db.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(Domain.Common.Record))).SelectMany(Of)))
            faults.AddRange((await db.Database.SqlQueryRaw<string>(sql).ToListAsync(ct)).Select(row => $"{fault}: {row}"));
        await AddKeysAsync<Customer>(db, faults, ct);
        await AddKeysAsync<Contact>(db, faults, ct);
        return faults;
    }

    private static IEnumerable<(string Fault, string Sql)> Whole { get; } =
    [
        ("the file is damaged", "SELECT integrity_check AS Value FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        ("a row refers to one that is not there", "SELECT \"table\" || ' ' || rowid AS Value FROM pragma_foreign_key_check"),
        ("a customer has not one line that it was created", Rows("Customers", "(SELECT COUNT(*) FROM Timeline t WHERE t.CustomerId = r.Id AND t.SourceType = 'Customer' AND t.Kind IN ('Created', 'Imported')) <> 1")),
        ("a customer has not one line for each change", Rows("Customers", "(SELECT COUNT(*) FROM Timeline t WHERE t.CustomerId = r.Id AND t.SourceType = 'Customer' AND t.Kind = 'Changed') <> (SELECT COUNT(*) FROM Audit a WHERE a.RecordId = r.Id AND a.Kind = 'Changed')")),
        ("a call that was held has not one line", Rows("Activities", "r.Kind = 'Call' AND r.CustomerId IS NOT NULL AND r.ClosedAt IS NOT NULL AND (SELECT COUNT(*) FROM Timeline t WHERE t.Id = r.Id AND t.CustomerId = r.CustomerId) <> 1")),
        ("a customer has no figures", Rows("Customers", "NOT EXISTS (SELECT 1 FROM CustomerFigures f WHERE f.CustomerId = r.Id)")),
        ("one operation changed a record twice", "SELECT Operation || ' ' || RecordId AS Value FROM Audit WHERE Operation IS NOT NULL AND RecordType = 'Customer' GROUP BY Operation, RecordId HAVING COUNT(*) > 1"),
        ("a run over many tells another number than it changed", "SELECT BulkRunId AS Value FROM BulkProgress p WHERE p.Changed <> (SELECT COUNT(*) FROM Audit a WHERE a.Operation = p.BulkRunId AND a.RecordType = 'Customer')"),
    ];

    private static IEnumerable<(string Fault, string Sql)> Of(IEntityType type)
    {
        var (name, table, start) = (type.ClrType.Name, type.GetTableName()!, (long)type.SearchPlace << IdBits);
        var audit = $"Audit a WHERE a.RecordType = '{name}'";
        yield return ($"the version of a {name} is not in the audit", Rows(table, $"(SELECT COUNT(*) FROM {audit} AND a.RecordId = r.Id AND a.VersionAfter = r.Version) <> 1"));
        yield return ($"the audit knows a {name} that is not there", $"SELECT a.Id AS Value FROM {audit} AND a.VersionAfter IS NOT NULL AND a.RecordId NOT IN (SELECT Id FROM {table})");
        yield return ($"a version of a {name} came from none", $"SELECT a.Id AS Value FROM {audit} AND a.VersionBefore IS NOT NULL AND NOT EXISTS (SELECT 1 FROM Audit b WHERE b.RecordId = a.RecordId AND b.VersionAfter = a.VersionBefore)");
        yield return ($"a version of a {name} led to none", $"SELECT a.Id AS Value FROM {audit} AND a.VersionAfter IS NOT NULL AND NOT EXISTS (SELECT 1 FROM Audit b WHERE b.RecordId = a.RecordId AND b.VersionBefore = a.VersionAfter) AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.Id = a.RecordId AND r.Version = a.VersionAfter)");
        if (start == 0)
            yield break;
        yield return ($"a {name} cannot be found", Rows(table, string.Create(CultureInfo.InvariantCulture, $"r.SearchKey IS NOT NULL AND r.Id + {start} NOT IN (SELECT rowid FROM SearchIndex)")));
        yield return ($"a {name} cannot be found by its words", Rows(table, string.Create(CultureInfo.InvariantCulture, $"LENGTH(r.SearchKey) >= 3 AND r.Id + {start} NOT IN (SELECT rowid FROM SearchIndex WHERE SearchIndex MATCH '\"' || REPLACE(r.SearchKey, '\"', '\"\"') || '\"')")));
        yield return ($"the search finds a {name} that is not there", string.Create(CultureInfo.InvariantCulture,
            $"SELECT rowid AS Value FROM SearchIndex WHERE rowid BETWEEN {start} AND {start + (1L << IdBits) - 1} AND rowid - {start} NOT IN (SELECT Id FROM {table} WHERE SearchKey IS NOT NULL)"));
    }

    private static string Rows(string table, string where) => $"SELECT r.Id AS Value FROM {table} r WHERE {where}";

    private static async Task AddKeysAsync<T>(CrmDb db, List<string> faults, CancellationToken ct) where T : Domain.Common.Record, ISearchable
    {
        var stored = (await db.Set<MatchKeyRow>().Where(k => k.Type == typeof(T).Name).ToListAsync(ct)).ToLookup(k => k.RecordId, k => k.Key);
        foreach (var record in await db.Set<T>().AsNoTracking().ToListAsync(ct))
        {
            var right = record.DeletedAt is null ? record.MatchKeys.Distinct().Select(MatchKeyRow.Of) : [];
            if (!stored[record.Id].ToHashSet(StringComparer.Ordinal).SetEquals(right))
                faults.Add($"the match keys of a {typeof(T).Name} are not its own: {record.Id}");
        }
    }
}
