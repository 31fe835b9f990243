using Microsoft.Data.Sqlite;

namespace CrmWeb.DataTests.Common;

/// <summary>A copy of a database file with a fault in it.</summary>
internal sealed class DamagedCopy : IAsyncDisposable
{
    private const int PageSize = 4096;

    public DamagedCopy(string file, string damage)
    {
        using (var source = new SqliteConnection($"Data Source={file}"))
        using (var copy = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            source.Open();
            copy.Open();
            source.BackupDatabase(copy);
        }
        if (damage.Contains("write-ahead", StringComparison.Ordinal))
            LeaveLog();
        var bytes = System.IO.File.ReadAllBytes(File);
        switch (damage)
        {
            case "the first page is gone":
                Array.Clear(bytes, 0, PageSize);
                break;
            case "a page in the middle is garbage":
            case "a page is garbage, and a write-ahead log is left from a crash":
                new Random(7).NextBytes(bytes.AsSpan(bytes.Length / PageSize / 2 * PageSize, PageSize));
                break;
            case "the end is missing":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            default:
                bytes = [.. Enumerable.Repeat((byte)'x', 20_000)];
                break;
        }
        System.IO.File.WriteAllBytes(File, bytes);
    }

    public string File { get; } = Path.Combine(Path.GetTempPath(), $"crmweb_damaged_{Guid.NewGuid():N}.db");

    /// <summary>The file and its log, as one text that can be compared.</summary>
    public async Task<string> ReadAsync(CancellationToken ct) => Convert.ToHexString(await System.IO.File.ReadAllBytesAsync(File, ct))
        + (System.IO.File.Exists(File + "-wal") ? Convert.ToHexString(await System.IO.File.ReadAllBytesAsync(File + "-wal", ct)) : "");

    /// <summary>What a killed process leaves: changes in the log that are not in the file yet.</summary>
    private void LeaveLog()
    {
        var (file, log) = (File + ".killed", File + ".killed-wal");
        using (var killed = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            killed.Open();
            using var write = killed.CreateCommand();
            write.CommandText = "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; UPDATE Users SET JobTitle = 'changed'; CREATE TABLE Later (Id INTEGER)";
            write.ExecuteNonQuery();
            System.IO.File.Copy(File, file);
            System.IO.File.Copy(File + "-wal", log);
        }
        System.IO.File.Move(file, File, overwrite: true);
        System.IO.File.Move(log, File + "-wal", overwrite: true);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        foreach (var path in new[] { File, File + "-wal", File + "-shm" })
            System.IO.File.Delete(path);
        return ValueTask.CompletedTask;
    }
}
