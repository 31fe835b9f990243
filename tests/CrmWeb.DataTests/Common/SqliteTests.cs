using System.Data.Common;
using System.Diagnostics;
using CrmWeb.Data.Common;
using CrmWeb.Data.Sqlite;
using CrmWeb.Domain.Customers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace CrmWeb.DataTests.Common;

/// <summary>What holds for the embedded database file: acknowledged means on disk, waiting has an end, a damaged file is left alone.</summary>
public sealed class SqliteTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kept_connection_writes_through_and_waits_under_load()
    {
        Assert.SkipUnless(database.IsSqlite, "It is about SQLite.");
        var seen = new HashSet<DbConnection>();
        var settings = new List<(long Synchronous, long Timeout, long ForeignKeys)>();
        using var together = new Barrier(12);

        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Factory.StartNew(() =>
            {
                using var scope = database.Services.CreateScope();
                var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
                db.Database.OpenConnection();
                together.SignalAndWait(TimeSpan.FromSeconds(30)); // all are open at once: none is another's
                var read = (Pragma(db, "synchronous"), Pragma(db, "busy_timeout"), Pragma(db, "foreign_keys"));
                lock (settings)
                {
                    seen.Add(db.Database.GetDbConnection());
                    settings.Add(read);
                }
                db.Database.CloseConnection();
            }, Ct, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        }

        Assert.Equal(36, settings.Count);
        Assert.InRange(seen.Count, 12, 35); // twelve at once, and some of them again
        Assert.All(settings, s => Assert.Equal((2L, 5_000L, 1L), s));
    }

    [Fact]
    public async Task A_statement_with_a_limit_is_not_prepared_anew_at_each_run()
    {
        Assert.SkipUnless(database.IsSqlite, "It is about SQLite.");
        await using var scope = database.AsSystem();
        await scope.AddAsync(new Customer { Name = "Limited AB" });
        await scope.Db.Database.OpenConnectionAsync(Ct);
        var (connection, prepared, counts) = (((SqliteConnection)scope.Db.Database.GetDbConnection()).Handle!, 0, new List<int>());
        strdelegate_authorizer count = (_, _, _, _, _, _) => // SQLite asks it while it prepares
        {
            prepared++;
            return raw.SQLITE_OK;
        };
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_set_authorizer(connection, count, null));

        for (var most = 1; most <= 3; most++)
        {
            prepared = 0;
            Assert.Single(await scope.Db.Set<Customer>().Where(c => c.Name == "Limited AB").Take(most).ToListAsync(Ct));
            counts.Add(prepared);
        }

        raw.sqlite3_set_authorizer(connection, default(strdelegate_authorizer), null);
        Assert.NotEqual(0, counts[0]);
        Assert.Equal([0, 0], counts[1..]);
    }

    [Fact]
    public async Task A_statement_is_prepared_once_and_runs_with_the_values_of_each_time()
    {
        Assert.SkipUnless(database.IsSqlite, "It is about SQLite.");
        await using var scope = database.AsSystem();
        var ids = new List<long>();
        for (var i = 0; i < 3; i++)
            ids.Add((await scope.AddAsync(new Customer { Name = $"Kept {i}" })).Id);

        foreach (var (id, name) in ids.Select((id, i) => (id, $"Kept {i}")).Append((-1, "")))
            Assert.Equal(name, await scope.Db.Set<Customer>().Where(c => c.Id == id).Select(c => c.Name).FirstOrDefaultAsync(Ct) ?? "");

        // One that is still being read is left to its reader.
        await foreach (var outer in scope.Db.Set<Customer>().Where(c => ids.Contains(c.Id)).Select(c => c.Id).AsAsyncEnumerable())
        {
            await foreach (var inner in scope.Db.Set<Customer>().Where(c => ids.Contains(c.Id)).Select(c => c.Id).AsAsyncEnumerable())
                Assert.Contains(inner, ids);
            Assert.Contains(outer, ids);
        }
    }

    [Fact]
    public async Task A_statement_that_failed_runs_again()
    {
        Assert.SkipUnless(database.IsSqlite, "It is about SQLite.");
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Fails" });

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAnyAsync<DbException>(() => scope.Db.Database.ExecuteSqlAsync($"UPDATE Customers SET ParentId = -5 WHERE Name = {"Fails"} OR Id > 0", Ct));

        await scope.AddAsync(new Customer { Name = "Succeeds" });
        await Assert.ThrowsAnyAsync<DbException>(() => scope.Db.Database.ExecuteSqlAsync($"UPDATE Customers SET ParentId = -5 WHERE Name = {"Fails"} OR Id > 0", Ct));
        Assert.Equal(1, await scope.Db.Database.ExecuteSqlAsync($"UPDATE Customers SET City = {"Ghent"} WHERE Id = {customer.Id}", Ct));
        Assert.Equal(1, await scope.Db.Database.ExecuteSqlAsync($"UPDATE Customers SET City = {"Bruges"} WHERE Id = {customer.Id}", Ct));
    }

    [Fact]
    public async Task Waiting_for_another_writer_ends_and_says_so()
    {
        Assert.SkipUnless(database.IsSqlite, "It is about SQLite.");
        await using var scope = database.AsSystem();
        await scope.AddAsync(new Customer { Name = "First" }); // has its ids and numbers
        await using var other = new SqliteConnection($"Data Source={database.File}");
        await other.OpenAsync(Ct);
        await using var lasting = other.BeginTransaction();
        await using var busy = database.AsSystem();
        busy.Repository<Customer>().Add(new() { Name = "Waits" });

        var waited = Stopwatch.StartNew();
        var failed = await Assert.ThrowsAnyAsync<Exception>(busy.SaveAsync);
        await lasting.RollbackAsync(Ct);

        Assert.True(busy.Db.Provider.IsBusy(failed), failed.ToString());
        Assert.InRange(waited.Elapsed.TotalSeconds, 4.5, 60); // it waits, and not for ever; how long after its five seconds is up to the machine
        Assert.False(await scope.Db.Set<Customer>().AnyAsync(c => c.Name == "Waits", Ct));
        await busy.SaveAsync(); // nothing was saved, and trying again helps
        Assert.True(await scope.Db.Set<Customer>().AnyAsync(c => c.Name == "Waits", Ct));
    }

    [Fact]
    public async Task A_failure_of_another_kind_is_not_taken_for_a_busy_database()
    {
        await using var scope = database.AsSystem();
        scope.Repository<Customer>().Add(new() { Name = "Orphan", ParentId = 999_999_999 });

        var failed = await Assert.ThrowsAsync<DbUpdateException>(scope.SaveAsync);

        Assert.False(scope.Db.Provider.IsBusy(failed));
        Assert.Null(scope.Db.Provider.UniqueViolation(failed));
    }

    [Theory]
    [InlineData("the first page is gone")]
    [InlineData("a page in the middle is garbage")]
    [InlineData("a page is garbage, and a write-ahead log is left from a crash")]
    [InlineData("the end is missing")]
    [InlineData("it is no database")]
    public async Task A_damaged_file_is_refused_and_not_written(string damage)
    {
        Assert.SkipUnless(database.IsSqlite, "It is about SQLite.");
        await using var copy = new DamagedCopy(database.File, damage);
        var before = await copy.ReadAsync(Ct);

        await using var services = Product.Services(new SqliteProvider(), $"Data Source={copy.File}", database.Clock).BuildServiceProvider();
        await using (var scope = services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            var refused = await Assert.ThrowsAsync<DamagedDatabaseException>(() => db.Provider.MigrateAsync(db, Ct));
            Assert.Contains(copy.File, refused.Message, StringComparison.Ordinal);
        }

        SqliteConnection.ClearAllPools();
        Assert.Equal(before, await copy.ReadAsync(Ct));
    }

    private static long Pragma(CrmDb db, string name)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (long)command.ExecuteScalar()!;
    }
}
