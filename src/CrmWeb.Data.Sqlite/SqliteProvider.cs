using System.Linq.Expressions;
using CrmWeb.Services.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace CrmWeb.Data.Sqlite;

/// <summary>The embedded database: one file, full synchronous commits, a trigram index for search.</summary>
public sealed class SqliteProvider : IDatabaseProvider, IDisposable
{
    private const int ConstraintFailed = 19, Busy = 5, Locked = 6, Unique = 2067, PrimaryKey = 1555, NoRight = 3, ReadOnly = 8, CannotWrite = 10, Full = 13, CannotOpen = 14, NoAuthority = 23;
    private const long LeastSpace = 1_048_576; // bytes
    private const int InUse = 11;

    /// <summary>The one budget of waiting for another writer, in seconds.</summary>
    public const int WaitSeconds = 5;

    private string source = "";
    private KeptConnections? connections;

    public string Name => "Sqlite";

    public void Use(DbContextOptionsBuilder options, string connection)
    {
        var settings = new SqliteConnectionStringBuilder(connection) { DefaultTimeout = WaitSeconds, ForeignKeys = true, Pooling = false }; // they are kept here
        source = settings.DataSource;
        LazyInitializer.EnsureInitialized(ref connections, () => new KeptConnections(settings.ConnectionString));
        options.UseSqlite(settings.ConnectionString, o => o.MigrationsAssembly(typeof(SqliteProvider).Assembly.GetName().Name)).AddInterceptors(connections, KeptStatements.Instance);
    }

    // REAL is exact to 15 digits and can be indexed and summed by the database itself; TEXT cannot.
    public void Configure(ModelConfigurationBuilder conventions) => conventions.Properties<decimal>().HaveConversion<double>();

    public void Adapt(ModelBuilder model)
    {
        model.Entity<IndexHit>().HasNoKey().ToView(name: null);
        model.HasDbFunction(() => DatabaseWords.Judged(null)).HasTranslation(a => Computed(a[0], 0L));
        model.HasDbFunction(() => DatabaseWords.Frequent(false)).HasTranslation(a => new SqlFunctionExpression("likely", [Computed(a[0], false)], nullable: true, [true], typeof(bool), a[0].TypeMapping));
    }

    // "+ 0": the value of no column, so that no index is looked for.
    private static SqlBinaryExpression Computed(SqlExpression value, object nothing) =>
        new(ExpressionType.Add, value, new SqlConstantExpression(nothing, value.TypeMapping), nothing.GetType(), value.TypeMapping);

    public IQueryable<T> Matching<T>(CrmDb db, IQueryable<T> rows, IReadOnlyList<string> terms) where T : Record => SqliteSearch.Matching(db, rows, terms);

    public Task MergeSearchAsync(CrmDb db, CancellationToken ct) => SqliteSearch.MergeAsync(db, ct);

    // A transaction is the only writer from its first statement: nothing can change under it.
    public Task LockFiguresAsync(CrmDb db, IReadOnlyList<long> customerIds, CancellationToken ct) => Task.CompletedTask;

    public Task InsertAsync(CrmDb db, IEntityType type, IReadOnlyList<object> rows, CancellationToken ct)
    {
        SqliteInsert.Run(db, type, rows, ct); // SQLite works in this thread either way
        return Task.CompletedTask;
    }

    public string? UniqueViolation(DbUpdateException failed) =>
        failed.InnerException is SqliteException { SqliteErrorCode: ConstraintFailed, SqliteExtendedErrorCode: Unique or PrimaryKey } violation ? violation.Message : null;

    public bool IsBusy(Exception failed) => failed switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } => true,
        DbUpdateException { InnerException: { } inner } => IsBusy(inner),
        _ => false,
    };

    // Where there is no room for a file beside the database, SQLite says no more than that it could not write.
    public bool IsFull(Exception failed) => failed switch
    {
        SqliteException { SqliteErrorCode: Full } => true,
        SqliteException { SqliteErrorCode: CannotWrite } => source.Length > 0 && new DriveInfo(Path.GetFullPath(source)).AvailableFreeSpace < LeastSpace,
        DbUpdateException { InnerException: { } inner } => IsFull(inner),
        _ => DiskFull.Is(failed),
    };

    public void Dispose() => connections?.Dispose();

    public string? Fault(string connection)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connection).DataSource.Length > 0 ? null : "it names no file (Data Source=…)";
        }
        catch (ArgumentException wrong)
        {
            return wrong.Message;
        }
    }

    public async Task<IReadOnlyList<string>> MigrationsAsync(CrmDb db, CancellationToken ct)
    {
        IReadOnlyList<string> done = [];
        await TellAsync(async () => done = SqliteFile.IsEmpty(source) ? [] : await SqliteFile.MigrationsAsync(source, ct));
        return done;
    }

    public Task ExamineAsync(CrmDb db, CancellationToken ct) => TellAsync(() => SqliteFile.CheckAsync(source, ct, isThorough: true));

    public async Task MigrateAsync(CrmDb db, CancellationToken ct)
    {
        var check = Task.Run(() => SqliteFile.CheckAsync(source, ct), ct); // reads the whole file, while the model is built beside it
        _ = db.Model;
        await TellAsync(async () =>
        {
            await check;
            await new SqliteExchange(source).UpgradeAsync(db, ct);
        });
    }

    public Task BackupAsync(string file, CancellationToken ct) => TellAsync(async () =>
    {
        await SqliteFile.CheckAsync(source, ct);
        await using var from = await SqliteFile.OpenAsync(source, SqliteOpenMode.ReadOnly, ct);
        await using var copy = await SqliteFile.OpenAsync(file, SqliteOpenMode.ReadWriteCreate, ct);
        from.BackupDatabase(copy); // in one step: what others save meanwhile is not in it
    });

    public Task RestoreAsync(CrmDb db, string file, CancellationToken ct) => TellAsync(() => new SqliteExchange(source).RestoreAsync(db, file, ct));

    private async Task TellAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failed) when (Reason(failed) is { } reason)
        {
            throw new UnusableDatabaseException(reason, failed);
        }
    }

    /// <summary>What keeps the file from being used, and the cure; null where it is none of these.</summary>
    private string? Reason(Exception failed) => failed switch
    {
        SqliteException damaged when SqliteFile.IsDamage(damaged) => new DamagedDatabaseException(source, damaged.Message).Message,
        SqliteException { SqliteErrorCode: Busy or Locked } or IOException { HResult: InUse } => $"The database file {source} is in use by another program. Stop that one, then start again.",
        _ when IsFull(failed) => $"The disk with {source} is full. Free some space, then start again; the database is as it was.",
        SqliteException { SqliteErrorCode: CannotWrite } broken => $"The disk with {source} cannot be read or written ({broken.Message}). See to it, then start again.",
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen or NoRight or NoAuthority } or UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException =>
            $"The database file {source} or its folder cannot be written. Give the account that runs CrmWeb the right to write there, or set Data:Path to another folder.",
        _ => null,
    };
}
