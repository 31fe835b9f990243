using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Data.SqlServer;

/// <summary>The server database for larger firms and several instances.</summary>
public sealed class SqlServerProvider : IDatabaseProvider
{
    private const int UniqueIndex = 2601, UniqueConstraint = 2627, LockTimeout = 1222, Deadlock = 1205, CommandTimeout = -2, FilesFull = 1105, LogFull = 9002;

    /// <summary>Folded keys are compared character by character.</summary>
    private const string Binary = "Latin1_General_100_BIN2";

    public string Name => "SqlServer";

    public void Use(DbContextOptionsBuilder options, string connection) =>
        options.UseSqlServer(connection, o => o.MigrationsAssembly(typeof(SqlServerProvider).Assembly.GetName().Name).UseCompatibilityLevel(160));

    public void Configure(ModelConfigurationBuilder conventions) => conventions.Properties<decimal>().HavePrecision(19, 4);

    public void Adapt(ModelBuilder model)
    {
        model.HasDbFunction(() => DatabaseWords.Judged(null)).HasTranslation(a => a[0]); // it has statistics
        model.HasDbFunction(() => DatabaseWords.Frequent(false)).HasTranslation(a => a[0]);
        // Keys of people and machines are compared as they stand; names are folded before they are stored.
        foreach (var type in model.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(Record))))
        {
            type.FindProperty(nameof(Record.SortKey))?.SetCollation(Binary);
            type.FindProperty(nameof(Record.SearchKey))?.SetCollation(Binary); // linguistic collations pass over the marks of its grams
        }
    }

    public IQueryable<T> Matching<T>(CrmDb db, IQueryable<T> rows, IReadOnlyList<string> terms) where T : Record =>
        terms.Aggregate(rows, (found, term) => found.Where(r => r.SearchKey!.Contains(term))).OrderByDescending(r => r.Id);

    // A fragment is looked for in the column: there is no index of ours to care for.
    public Task MergeSearchAsync(CrmDb db, CancellationToken ct) => Task.CompletedTask;

    public Task LockFiguresAsync(CrmDb db, IReadOnlyList<long> customerIds, CancellationToken ct) =>
        db.Set<Domain.Customers.CustomerFigures>().Where(f => customerIds.Contains(f.CustomerId)).ExecuteUpdateAsync(s => s.SetProperty(f => f.Touches, f => f.Touches), ct);

    public Task InsertAsync(CrmDb db, IEntityType type, IReadOnlyList<object> rows, CancellationToken ct) => SqlServerInsert.RunAsync(db, type, rows, ct);

    // The sentence names the index first; what follows in brackets is the value, which may read like another index.
    public string? UniqueViolation(DbUpdateException failed) =>
        failed.InnerException is SqlException { Number: UniqueIndex or UniqueConstraint } violation ? violation.Message.Split('(')[0] : null;

    public bool IsBusy(Exception failed) => failed switch
    {
        SqlException { Number: LockTimeout or Deadlock or CommandTimeout } => true,
        DbUpdateException { InnerException: { } inner } => IsBusy(inner),
        _ => false,
    };

    public bool IsFull(Exception failed) => failed switch
    {
        SqlException { Number: FilesFull or LogFull } => true,
        DbUpdateException { InnerException: { } inner } => IsFull(inner),
        _ => false,
    };

    public string? Fault(string connection)
    {
        try
        {
            return new SqlConnectionStringBuilder(connection).DataSource.Length > 0 ? null : "it names no server (Server=…)";
        }
        catch (ArgumentException wrong)
        {
            return wrong.Message;
        }
    }

    public async Task<IReadOnlyList<string>> MigrationsAsync(CrmDb db, CancellationToken ct)
    {
        try
        {
            return [.. await db.Database.GetAppliedMigrationsAsync(ct)];
        }
        catch (SqlException failed)
        {
            throw Unreachable(failed);
        }
    }

    /// <remarks>The pages are the server's: it notes those it could not read, and DBCC CHECKDB, which looks at all of them, is for a quiet hour its administrator chooses.</remarks>
    public async Task ExamineAsync(CrmDb db, CancellationToken ct)
    {
        try
        {
            if (await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM msdb.dbo.suspect_pages WHERE database_id = DB_ID() AND event_type IN (1, 2, 3)").SingleAsync(ct) is > 0 and var pages)
                throw new UnusableDatabaseException($"SQL Server has noted {pages} damaged pages in the database (msdb.dbo.suspect_pages). Run DBCC CHECKDB, and restore a backup.");
        }
        catch (SqlException failed)
        {
            throw Unreachable(failed);
        }
    }

    public Task MigrateAsync(CrmDb db, CancellationToken ct) => db.Database.MigrateAsync(ct);

    public Task BackupAsync(string file, CancellationToken ct) => throw ServersOwn();

    public Task RestoreAsync(CrmDb db, string file, CancellationToken ct) => throw ServersOwn();

    private static UnusableDatabaseException Unreachable(SqlException failed) =>
        new($"The SQL Server of Database:ConnectionString did not answer (error {failed.Number}). See that it runs, that this machine reaches it, and that the login may use the database.", failed);

    private static UnusableDatabaseException ServersOwn() => new("SQL Server is backed up and restored by its own means (BACKUP DATABASE, RESTORE DATABASE); copy the folder of Files:Path beside it.");
}
