using System.IO.Compression;
using System.Security.Cryptography;
using CrmWeb.Data.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Backups;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Backups;

/// <summary>A backup that cannot be used is refused before anything is touched.</summary>
public sealed class RefusedBackupTests(SoundBackup sound) : IClassFixture<SoundBackup>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-refused-").FullName;

    private string Backup => Path.Combine(folder, "crm.zip");

    private string Database => Path.Combine(folder, "elsewhere", "crm.db");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("no backup", "cannot be restored")]
    [InlineData("cut off", "cannot be restored")]
    [InlineData("another database", "The database in it is damaged")]
    [InlineData("another file", "A file in it is damaged")]
    [InlineData("without a file", "Files are missing in it")]
    [InlineData("newer format", "newer version")]
    [InlineData("newer database", "another version of CrmWeb")]
    [InlineData("wrong passphrase", "The passphrase does not open its keys")]
    public async Task It_is_said_why_and_what_is_there_stays(string fault, string reason)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        File.Copy(sound.Database, Database);
        File.Copy(sound.File, Backup);
        await SpoilAsync(fault);
        var before = await ListAsync();

        string[] verb = fault is "newer database" ? ["restore", Backup] : ["restore", Backup, "--passphrase-stdin"];
        var (result, said) = await CommandLine.RunAsync(Path.GetDirectoryName(Database)!, fault == "wrong passphrase" ? "another passphrase" : SoundBackup.Passphrase, verb);

        Assert.Equal(1, result);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.Equal(before, await ListAsync());
    }

    private Task SpoilAsync(string fault) => fault switch
    {
        "no backup" => File.WriteAllTextAsync(Backup, "not a ZIP", Ct),
        "cut off" => CutAsync(),
        "newer database" => WriteNewerAsync(),
        "wrong passphrase" => Task.CompletedTask,
        _ => SpoilEntryAsync(fault),
    };

    private async Task CutAsync() => await File.WriteAllBytesAsync(Backup, (await File.ReadAllBytesAsync(Backup, Ct))[..5_000], Ct);

    private async Task SpoilEntryAsync(string fault)
    {
        await using var zip = await ZipFile.OpenAsync(Backup, ZipArchiveMode.Update, Ct);
        var entry = zip.Entries.First(e => fault switch { "another database" => e.FullName == "crm.db", "newer format" => e.FullName == "crmweb.json", _ => e.FullName.StartsWith("files/", StringComparison.Ordinal) });
        var name = entry.FullName;
        entry.Delete();
        if (fault == "without a file")
            return;
        await using var spoilt = await zip.CreateEntry(name).OpenAsync(Ct);
        await spoilt.WriteAsync(fault == "newer format" ? "{\"Format\":2,\"MadeAt\":\"2026-01-01\",\"Database\":\"\",\"Files\":0}"u8.ToArray() : "something else"u8.ToArray(), Ct);
    }

    /// <summary>As a newer version would have made it.</summary>
    private async Task WriteNewerAsync()
    {
        var copy = Path.Combine(folder, "copy.db");
        File.Copy(sound.Database, copy);
        await using (var connection = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99.0')";
            await command.ExecuteNonQueryAsync(Ct);
        }
        File.Delete(Backup);
        await sound.WriteAsync(Backup, copy);
    }

    /// <summary>The database there, byte for byte, and no stored file more.</summary>
    private async Task<string> ListAsync() => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Database, Ct)))
        + string.Join(' ', Directory.EnumerateFiles(Path.GetDirectoryName(Database)!).Select(Path.GetFileName).Where(f => f is not ("crm.db-wal" or "crm.db-shm" or "crm.db.lock")).Order(StringComparer.Ordinal));
}

/// <summary>A backup with a stored file and sealed keys, to be spoilt, and a copy of its database; made once.</summary>
public sealed class SoundBackup : IAsyncLifetime
{
    public const string Passphrase = "lantern brass seventeen";
    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-sound-").FullName;
    private CrmApp app = null!;

    public string File => Path.Combine(folder, "crm.zip");

    public string Database => Path.Combine(folder, "crm.db");

    public async ValueTask InitializeAsync()
    {
        app = await CrmApp.StartAsync();
        await app.DoAsync(async services =>
        {
            using var arrived = await services.GetRequiredService<IFileStore>().ReceiveAsync(new MemoryStream("signed contract"u8.ToArray()), 1_000, CancellationToken.None);
            arrived.Keep();
            await services.GetRequiredService<IDatabaseProvider>().BackupAsync(Database, CancellationToken.None);
        });
        var (result, said) = await CommandLine.RunAsync(app.DataPath, Passphrase, ["backup", File, "--passphrase-stdin"]);
        Assert.True(result == 0, said);
    }

    /// <summary>Makes another one, without keys and past all checks.</summary>
    public Task WriteAsync(string file, string database) =>
        app.DoAsync(services => BackupFile.WriteAsync(file, database, services.GetRequiredService<IFileStore>(), keys: null, DateTime.UtcNow, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
