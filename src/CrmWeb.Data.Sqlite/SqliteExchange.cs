using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CrmWeb.Data.Sqlite;

/// <summary>
/// Exchanges a database file, whole or not at all: for a copy of itself in the present model, or for a backup. What comes is looked at and takes the place of the file in one step.
/// A process that is killed on its way leaves the file as it was. The file of before stays beside the new one.
/// </summary>
internal sealed class SqliteExchange(string file)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10), Pause = TimeSpan.FromMilliseconds(200);

    private string Next { get; } = file + ".next";
    private string Before { get; } = $"{file}.{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}.bak";

    /// <summary>Brings the file to the present model.</summary>
    /// <param name="model">Knows the migrations; its connection is not used.</param>
    public async Task UpgradeAsync(CrmDb model, CancellationToken ct)
    {
        if (await IsPresentAsync(model, ct))
            return;
        await using var alone = await LockAsync(ct);
        if (await IsPresentAsync(model, ct))
            return; // another process has done it meanwhile
        await ExchangeAsync(HoldAsync, async held =>
        {
            if (held is not null)
                await CopyAsync(held, ct);
            await MigrateAsync(model, ct);
        }, ct);
    }

    /// <summary>Puts a backup in the file's place; it is upgraded at the next start.</summary>
    /// <exception cref="UnusableDatabaseException">The backup is damaged, not of this product or of a newer version, or the file is in use. Nothing was touched.</exception>
    public async Task RestoreAsync(CrmDb model, string backup, CancellationToken ct)
    {
        await SqliteFile.CheckAsync(backup, ct);
        if (await DoneAsync(backup, model, ct) is [])
            throw new UnusableDatabaseException($"{backup} is no database of CrmWeb.");
        await using var alone = await LockAsync(ct);
        await ExchangeAsync(HoldOrSetAsideAsync, async _ =>
        {
            File.Copy(backup, Next);
            await FinishAsync(ct);
        }, ct);
    }

    /// <summary>Makes what comes while nobody else uses the file, and puts it in the file's place.</summary>
    /// <param name="hold">Takes the file for us alone.</param>
    /// <param name="make">Makes the next file; the connection that holds the present one is given along, null where there is none.</param>
    private async Task ExchangeAsync(Func<CancellationToken, Task<SqliteConnection?>> hold, Func<SqliteConnection?, Task> make, CancellationToken ct)
    {
        var isNew = SqliteFile.IsEmpty(file);
        Forget(Next);
        try
        {
            await using (var held = isNew ? null : await hold(ct))
                await make(held);
            if (isNew)
                File.Move(Next, file, overwrite: true);
            else
                File.Replace(Next, file, Before);
        }
        finally
        {
            Forget(Next); // of one that did not get so far
        }
    }

    private static string[] Logs(string path) => [path + "-wal", path + "-shm", path + "-journal"];

    private static void Forget(string path)
    {
        foreach (var left in Logs(path).Prepend(path))
            File.Delete(left);
    }

    private async Task<bool> IsPresentAsync(CrmDb model, CancellationToken ct) =>
        !SqliteFile.IsEmpty(file) && await DoneAsync(file, model, ct) is var done && model.Database.GetMigrations().All(done.Contains);

    /// <summary>The migrations that have run on a file of this version or an older one.</summary>
    private static async Task<IReadOnlyList<string>> DoneAsync(string path, CrmDb model, CancellationToken ct)
    {
        var done = await SqliteFile.MigrationsAsync(path, ct);
        return done.Except(model.Database.GetMigrations(), StringComparer.Ordinal).FirstOrDefault() is not { } foreign ? done
            : throw new UnusableDatabaseException($"The database file {path} was made by another version of CrmWeb ({foreign}). Start that version or a newer one; nothing was written to the file.");
    }

    /// <summary>The lock is the system's and ends with the process.</summary>
    private async Task<FileStream> LockAsync(CancellationToken ct)
    {
        for (var start = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Pause, ct))
        {
            try
            {
                return new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file + ".lock") && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
            }
        }
    }

    /// <summary>Nobody may write meanwhile: what he was told is saved would be missing in the copy. At its end its log is folded into it.</summary>
    private async Task<SqliteConnection?> HoldAsync(CancellationToken ct)
    {
        var connection = await SqliteFile.OpenAsync(file, SqliteOpenMode.ReadWrite, ct);
        try
        {
            foreach (var statement in new[] { "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT" })
                await SqliteFile.RunAsync(connection, statement, ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A damaged file cannot be held. Its log goes aside: it would be read into the new one.</summary>
    private async Task<SqliteConnection?> HoldOrSetAsideAsync(CancellationToken ct)
    {
        try
        {
            return await HoldAsync(ct);
        }
        catch (SqliteException damaged) when (SqliteFile.IsDamage(damaged))
        {
            foreach (var log in Logs(file).Where(File.Exists))
                File.Move(log, $"{Before}{log[file.Length..]}", overwrite: true);
            return null;
        }
    }

    private async Task CopyAsync(SqliteConnection held, CancellationToken ct)
    {
        await using var copy = await SqliteFile.OpenAsync(Next, SqliteOpenMode.ReadWriteCreate, ct);
        held.BackupDatabase(copy);
        await SqliteFile.RunAsync(copy, "DROP TABLE IF EXISTS __EFMigrationsLock", ct); // left by a killed one, it would be waited for without end
    }

    private async Task MigrateAsync(CrmDb model, CancellationToken ct)
    {
        var options = new DbContextOptionsBuilder<CrmDb>((DbContextOptions<CrmDb>)model.GetService<IDbContextOptions>()).UseSqlite(SqliteFile.Settings(Next, SqliteOpenMode.ReadWriteCreate)).Options;
        try
        {
            await using var db = new CrmDb(options, model.Provider);
            await db.Database.MigrateAsync(ct);
        }
        catch (SqliteException failed) when (failed.SqliteErrorCode == 1)
        {
            throw new UnusableDatabaseException($"The database file {file} could not be brought to the present model ({failed.Message}) It is as it was; restore a backup, or start the version that made it.", failed);
        }
        await SqliteFile.CheckAsync(Next, ct);
        await FinishAsync(ct);
    }

    /// <summary>One file, written through.</summary>
    private async Task FinishAsync(CancellationToken ct)
    {
        await using (var connection = await SqliteFile.OpenAsync(Next, SqliteOpenMode.ReadWrite, ct))
        {
            await SqliteFile.RunAsync(connection, "PRAGMA journal_mode=WAL", ct);
            await SqliteFile.RunAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", ct);
        }
        await using var written = new FileStream(Next, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        written.Flush(flushToDisk: true);
    }
}
