using System.Diagnostics;
using CrmWeb.Data.Common;
using CrmWeb.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common;

/// <summary>A database file is brought to the present model whole or not at all, whoever else starts or is killed meanwhile.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const int Keepsakes = 60_000;
    private static readonly int Kills = Environment.GetEnvironmentVariable("CRMWEB_LONG") is "1" ? 20 : 5;

    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-upgrade-").FullName;

    private string File => Path.Combine(folder, "crm.db");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_an_older_file_holds_is_in_the_new_one_and_the_older_stays_beside_it()
    {
        MakeOlder();

        await MigrateAsync();

        Assert.Equal((Keepsakes, 0L), (Count("Keepsakes"), Count("Customers")));
        Assert.Equal("wal", Read(File, "PRAGMA journal_mode"));
        var before = Assert.Single(Directory.GetFiles(folder, "*.bak"));
        Assert.Equal($"{Keepsakes}", Read(before, "SELECT COUNT(*) FROM Keepsakes"));
        Assert.Equal("0", Read(before, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'Customers'"));
        Assert.Equal(["crm.db", Path.GetFileName(before), "crm.db.lock"], Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

        await MigrateAsync();
        Assert.Single(Directory.GetFiles(folder, "*.bak")); // there is nothing more to do
    }

    [Fact]
    public async Task An_upgrade_that_fails_leaves_the_file_as_it_was()
    {
        MakeOlder("CREATE TABLE Customers (Id INTEGER)"); // not ours: the migration will stumble over it
        var before = await System.IO.File.ReadAllBytesAsync(File, Ct);

        var refused = await Assert.ThrowsAsync<UnusableDatabaseException>(MigrateAsync);

        Assert.Contains("It is as it was", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Ct));
        Assert.Empty(Directory.GetFiles(folder, "*.bak"));
        Assert.Empty(Directory.GetFiles(folder, "*.next*")); // no half-made copy of all the firm's data is left about
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_not_touched()
    {
        MakeOlder("INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99.0')");
        var before = await System.IO.File.ReadAllBytesAsync(File, Ct);

        var refused = await Assert.ThrowsAsync<UnusableDatabaseException>(MigrateAsync);

        Assert.Contains("20990101000000_Later", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Ct));
    }

    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("SELECT COUNT(*) FROM Keepsakes")]
    public async Task A_file_another_program_has_open_is_not_upgraded_under_it(string doing)
    {
        MakeOlder();
        await using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        await other.OpenAsync(Ct);
        await using var command = other.CreateCommand();
        command.CommandText = doing;
        await command.ExecuteNonQueryAsync(Ct);

        var refused = await Assert.ThrowsAsync<UnusableDatabaseException>(MigrateAsync);

        Assert.Contains("in use by another program", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0", Read(File, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'Customers'"));
    }

    [Theory]
    [InlineData("older")]
    [InlineData("new")]
    public async Task Several_that_start_at_once_do_it_once(string file)
    {
        if (file == "older")
            MakeOlder();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync, Ct)));

        Assert.Equal(0L, Count("Customers"));
        Assert.Equal(file == "older" ? 1 : 0, Directory.GetFiles(folder, "*.bak").Length);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_with_its_cure()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs a folder in which even the system's administrator makes no file.");

        var refused = await Assert.ThrowsAsync<UnusableDatabaseException>(() => MigrateAsync("/proc/crm.db"));

        Assert.Contains("Data:Path", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one()
    {
        MakeOlder();
        var whole = await TimeAsync(kill: null);
        var (done, random) = (0, new Random(11));

        for (var n = 0; n < Kills; n++)
        {
            foreach (var left in Directory.GetFiles(folder))
                System.IO.File.Delete(left);
            MakeOlder();
            await TimeAsync(kill: whole * (0.2 + (0.8 * random.NextDouble())));

            Assert.Equal("ok", Read(File, "PRAGMA quick_check"));
            Assert.Equal(Keepsakes, Count("Keepsakes"));
            done += Read(File, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'Customers'") == "1" ? 1 : 0;
            await MigrateAsync();
            Assert.Equal((Keepsakes, 0L), (Count("Keepsakes"), Count("Customers")));
        }

        Assert.InRange(done, 0, Kills);
    }

    /// <summary>Runs the verb as a process of its own, and kills it after a time.</summary>
    private async Task<TimeSpan> TimeAsync(TimeSpan? kill)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "migrate"]) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { ["Data__Path"] = folder } })!;
        if (kill is { } after && !process.WaitForExit(after))
            process.Kill();
        await process.WaitForExitAsync(Ct);
        return watch.Elapsed;
    }

    private Task MigrateAsync() => MigrateAsync(File);

    private static async Task MigrateAsync(string file)
    {
        await using var services = Product.Services(new SqliteProvider(), $"Data Source={file}", TimeProvider.System).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await db.Provider.MigrateAsync(db, Ct);
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
    }

    /// <summary>A file none of today's migrations has run on, with something in it to lose, and with a lock left by a killed process.</summary>
    private void MakeOlder(string more = "") => Run($"""
        PRAGMA journal_mode=WAL;
        CREATE TABLE __EFMigrationsHistory (MigrationId TEXT PRIMARY KEY, ProductVersion TEXT NOT NULL);
        CREATE TABLE __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL);
        INSERT INTO __EFMigrationsLock VALUES (1, '2026-01-01');
        CREATE TABLE Keepsakes (Id INTEGER PRIMARY KEY, Text TEXT NOT NULL);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Keepsakes}) INSERT INTO Keepsakes SELECT i, hex(randomblob(100)) FROM n;
        {more};
        """);

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Count(string table) => long.Parse(Read(File, $"SELECT COUNT(*) FROM {table}"), System.Globalization.CultureInfo.InvariantCulture);

    private static string Read(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
