using System.Diagnostics;
using System.IO.Compression;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Backups;

/// <summary>Backup and restore on the command line, each as a process of its own.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const string Passphrase = "lantern brass seventeen";
    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-backup-").FullName;
    private CrmApp app = null!;

    private string Backup => Path.Combine(folder, "crm.zip");

    private string Elsewhere => Path.Combine(folder, "elsewhere");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await CrmApp.StartAsync();
        await app.AddAsync(new Customer { Name = "Halden Robotics" });
        await app.DoAsync(async services =>
        {
            using var arrived = await services.GetRequiredService<IFileStore>().ReceiveAsync(new MemoryStream("signed contract"u8.ToArray()), 1_000, Ct);
            arrived.Keep();
        });
        Directory.CreateDirectory(Elsewhere);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_is_backed_up_while_people_work_is_there_again_elsewhere()
    {
        Assert.Equal(0, (await RunAsync(app.DataPath, Passphrase, "backup", Backup, "--passphrase-stdin")).Result);
        await app.AddAsync(new Customer { Name = "Later AB" });

        var (result, said) = await RunAsync(Elsewhere, Passphrase, "restore", Backup, "--passphrase-stdin");

        Assert.True(result == 0, said);
        Assert.Equal("Name\nHalden Robotics\n", await CustomersAsync(Elsewhere));
        Assert.Equal(Keys(app.DataPath), Keys(Elsewhere));
        Assert.Contains("signed contract", Directory.EnumerateFiles(Path.Combine(Elsewhere, "files"), "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.DoesNotContain(Directory.EnumerateFiles(Elsewhere), f => f.Contains(".part", StringComparison.Ordinal));
        Assert.Equal(2, (await RunAsync(app.DataPath, input: null, "backup", Backup)).Result); // a backup is never written over
    }

    [Fact]
    public async Task Without_a_passphrase_the_keys_are_left_out_and_that_is_said()
    {
        var (_, said) = await RunAsync(app.DataPath, input: null, "backup", Backup);

        Assert.Contains("keys are not in it", said, StringComparison.Ordinal);
        await using var zip = await ZipFile.OpenReadAsync(Backup, Ct);
        Assert.DoesNotContain(zip.Entries, e => e.FullName.Contains("key", StringComparison.Ordinal));
        Assert.Equal(2, (await RunAsync(app.DataPath, "short", "backup", Path.Combine(folder, "b.zip"), "--passphrase-stdin")).Result);
    }

    [Fact]
    public async Task A_database_in_use_is_not_replaced()
    {
        await RunAsync(app.DataPath, input: null, "backup", Backup);
        await app.AddAsync(new Customer { Name = "Later AB" });

        var (result, said) = await RunAsync(app.DataPath, input: null, "restore", Backup);

        Assert.Equal((1, true), (result, said.Contains("in use by another program", StringComparison.Ordinal)));
        Assert.Equal("Name\nHalden Robotics\nLater AB\n", await CustomersAsync(app.DataPath));
    }

    [Fact]
    public async Task What_was_there_before_stays_beside_it_be_it_damaged()
    {
        await RunAsync(app.DataPath, input: null, "backup", Backup);
        var broken = Enumerable.Repeat((byte)'x', 20_000).ToArray();
        await File.WriteAllBytesAsync(Path.Combine(Elsewhere, "crm.db"), broken, Ct);
        Assert.Equal(1, (await RunAsync(Elsewhere, input: null, "migrate")).Result); // it would not start with it

        Assert.Equal(0, (await RunAsync(Elsewhere, input: null, "restore", Backup)).Result);

        Assert.Equal("Name\nHalden Robotics\n", await CustomersAsync(Elsewhere));
        Assert.Equal(broken, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Elsewhere, "*.bak")), Ct));
    }

    [Theory]
    [InlineData("no backup", "cannot be restored")]
    [InlineData("cut off", "cannot be restored")]
    [InlineData("another database", "The database in it is damaged")]
    [InlineData("another file", "A file in it is damaged")]
    [InlineData("without a file", "Files are missing in it")]
    [InlineData("newer format", "newer version")]
    [InlineData("newer database", "another version of CrmWeb")]
    [InlineData("wrong passphrase", "The passphrase does not open its keys")]
    public async Task A_backup_that_cannot_be_used_is_refused_before_anything_is_touched(string fault, string reason)
    {
        Assert.Equal(0, (await RunAsync(Elsewhere, input: null, "migrate")).Result);
        if (fault == "newer database")
            await app.ReadAsync(db => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99.0')", Ct));
        if (fault == "newer database")
            Assert.Equal(0, await BackupPastTheCheckAsync());
        else
            Assert.Equal(0, (await RunAsync(app.DataPath, Passphrase, "backup", Backup, "--passphrase-stdin")).Result);
        await SpoilAsync(fault);
        var before = await ListAsync();

        string[] verb = fault is "newer database" ? ["restore", Backup] : ["restore", Backup, "--passphrase-stdin"];
        var (result, said) = await RunAsync(Elsewhere, fault == "wrong passphrase" ? "another passphrase" : Passphrase, verb);

        Assert.Equal(1, result);
        Assert.Contains(reason, said, StringComparison.Ordinal);
        Assert.Equal(before, await ListAsync());
    }

    /// <summary>As a newer version would have made it.</summary>
    private async Task<int> BackupPastTheCheckAsync()
    {
        await app.DoAsync(async services =>
        {
            var copy = Path.Combine(folder, "copy.db");
            await services.GetRequiredService<Data.Common.IDatabaseProvider>().BackupAsync(copy, Ct);
            await CrmWeb.Web.Common.Backups.BackupFile.WriteAsync(Backup, copy, services.GetRequiredService<IFileStore>(), keys: null, DateTime.UtcNow, Ct);
        });
        return 0;
    }

    private async Task SpoilAsync(string fault)
    {
        if (fault == "no backup")
            await File.WriteAllTextAsync(Backup, "not a ZIP", Ct);
        if (fault == "cut off")
            await File.WriteAllBytesAsync(Backup, (await File.ReadAllBytesAsync(Backup, Ct))[..5_000], Ct);
        if (fault is not ("another database" or "another file" or "without a file" or "newer format"))
            return;
        await using var zip = await ZipFile.OpenAsync(Backup, ZipArchiveMode.Update, Ct);
        var entry = zip.Entries.First(e => fault switch { "another database" => e.FullName == "crm.db", "newer format" => e.FullName == "crmweb.json", _ => e.FullName.StartsWith("files/", StringComparison.Ordinal) });
        var name = entry.FullName;
        entry.Delete();
        if (fault == "without a file")
            return;
        await using var spoilt = await zip.CreateEntry(name).OpenAsync(Ct);
        await spoilt.WriteAsync(fault == "newer format" ? "{\"Format\":2,\"MadeAt\":\"2026-01-01\",\"Database\":\"\",\"Files\":0}"u8.ToArray() : "something else"u8.ToArray(), Ct);
    }

    /// <summary>The database there, byte for byte, and no stored file more.</summary>
    private async Task<string> ListAsync() => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Elsewhere, "crm.db"), Ct)))
        + string.Join(' ', Directory.EnumerateFiles(Elsewhere).Select(Path.GetFileName).Where(f => f is not ("crm.db-wal" or "crm.db-shm" or "crm.db.lock")).Order(StringComparer.Ordinal));

    private static async Task<string> CustomersAsync(string data)
    {
        var file = Path.Combine(data, $"{Guid.NewGuid():N}.csv");
        var (result, said) = await RunAsync(data, input: null, "export", "customers", file, "--query", "cols=name");
        Assert.True(result == 0, said);
        return (await File.ReadAllTextAsync(file, Ct)).TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }

    private static IReadOnlyList<string> Keys(string data) => [.. Directory.GetFiles(Path.Combine(data, "keys")).Select(File.ReadAllText).Order(StringComparer.Ordinal)];

    private static async Task<(int Result, string Said)> RunAsync(string data, string? input, params string[] verb)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. verb]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Data__Path"] = data;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output + await errors);
    }
}
