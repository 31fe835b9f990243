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

    private static async Task<string> CustomersAsync(string data)
    {
        var file = Path.Combine(data, $"{Guid.NewGuid():N}.csv");
        var (result, said) = await RunAsync(data, input: null, "export", "customers", file, "--query", "cols=name");
        Assert.True(result == 0, said);
        return (await File.ReadAllTextAsync(file, Ct)).TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }

    private static IReadOnlyList<string> Keys(string data) => [.. Directory.GetFiles(Path.Combine(data, "keys")).Select(File.ReadAllText).Order(StringComparer.Ordinal)];

    private static Task<(int Result, string Said)> RunAsync(string data, string? input, params string[] verb) => CommandLine.RunAsync(data, input, verb);
}
