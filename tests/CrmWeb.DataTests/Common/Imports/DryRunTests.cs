using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>What a dry run says comes true, and until then nothing is written.</summary>
public sealed class DryRunTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dry_run_leaves_every_table_but_its_own_findings_as_it_was()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var scope = database.AsSystem();
        await scope.AddAsync(new Customer { Name = "Acme Corporation", Industry = null });
        var import = new FileImport(scope);
        var id = await import.PrepareAsync("Customer", "crm-sales/accounts.csv", view => new(view.Columns, [], DuplicatePolicy.Overwrite));
        var before = await ContentAsync(scope);

        var foreseen = await import.RunAsync(id, dryRun: true);

        Assert.Equal((84, 1, 0, 0), FileImport.Counts(foreseen)); // it has looked at everything
        Assert.Equal(before, await ContentAsync(scope));
        var happened = await import.RunAsync(id, dryRun: false);
        Assert.Equal(FileImport.Counts(foreseen), FileImport.Counts(happened));
        Assert.NotEqual(before, await ContentAsync(scope)); // what is compared does show a run in earnest
    }

    /// <summary>Number of rows of every table, and the customers as they are; the import's own tables, its record's audit and the work for it aside.</summary>
    private static async Task<SortedDictionary<string, string>> ContentAsync(TestScope scope)
    {
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await scope.Db.Database.OpenConnectionAsync(Ct);
        foreach (var table in scope.Db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct().Except(["ImportRuns", "ImportProgress", "ImportRows", "WorkItems", "Audit", "Sequences"]))
        {
            await using var count = scope.Db.Database.GetDbConnection().CreateCommand();
            count.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            content[table] = $"{await count.ExecuteScalarAsync(Ct)}";
        }
        content["Audit"] = $"{await scope.Db.Set<AuditEntry>().CountAsync(a => a.RecordType != nameof(ImportRun), Ct)}";
        content["Versions"] = string.Join(' ', await scope.Db.Set<Customer>().OrderBy(c => c.Id).Select(c => c.Version).ToListAsync(Ct));
        return content;
    }
}
