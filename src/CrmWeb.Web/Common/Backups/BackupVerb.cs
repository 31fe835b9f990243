using CrmWeb.Data.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Keys;
using CrmWeb.Web.Common.Verbs;

namespace CrmWeb.Web.Common.Backups;

/// <summary>Writes database, files and, where a passphrase seals them, keys into one file, while people go on working.</summary>
/// <param name="input">Where the passphrase comes from.</param>
internal sealed class BackupVerb(SiteOptions site, TextReader input) : IVerb
{
    public string Name => "backup";
    public string Usage => "backup FILE [--passphrase-stdin]";

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var path = Path.GetFullPath(arguments.Take("FILE"));
        var isSealed = arguments.Flag("--passphrase-stdin");
        arguments.End();
        var passphrase = isSealed ? await Passphrase.ReadAsync(input, ct) : null;
        if (File.Exists(path))
            throw new UsageException($"{path} is there already.");

        var copy = Path.Combine(site.DataPath, $"backup-{Guid.NewGuid():N}.part");
        try
        {
            await services.GetRequiredService<IDatabaseProvider>().BackupAsync(copy, ct);
            var keys = passphrase is null ? null : SealedKeys.Seal(await KeysFolder.ReadAsync(site, ct), passphrase);
            var files = await BackupFile.WriteAsync(path, copy, services.GetRequiredService<IFileStore>(), keys, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ct);
            await output.WriteLineAsync($"{path}: database and {files} files{(keys is null ? "" : " and the sealed keys")}, {new FileInfo(path).Length / 1_048_576.0:0.0} MB.");
            if (keys is null)
                await output.WriteLineAsync("The keys are not in it: whoever restores it elsewhere signs in anew, and links that were sent no longer open. --passphrase-stdin puts them in, sealed.");
            return 0;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"{path} cannot be written: {failed.Message}");
            return 1;
        }
        catch (UnusableDatabaseException refused)
        {
            await output.WriteLineAsync(refused.Message);
            return 1;
        }
        finally
        {
            File.Delete(copy);
        }
    }
}

/// <summary>Puts a backup in the place of what is there. Everything is looked at before anything is touched; the database of before stays beside the new one.</summary>
/// <param name="input">Where the passphrase comes from.</param>
internal sealed class RestoreVerb(SiteOptions site, TextReader input) : IVerb
{
    public string Name => "restore";
    public string Usage => "restore FILE [--passphrase-stdin]";
    public bool NeedsDatabase => false; // what is there may be damaged

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var path = Path.GetFullPath(arguments.Take("FILE"));
        var isSealed = arguments.Flag("--passphrase-stdin");
        arguments.End();
        var passphrase = isSealed ? await Passphrase.ReadAsync(input, ct) : null;

        var copy = Path.Combine(site.DataPath, $"restore-{Guid.NewGuid():N}.part");
        try
        {
            var (manifest, block) = await BackupFile.ReadAsync(path, copy, services.GetRequiredService<IFileStore>(), ct);
            var keys = block is null || passphrase is null ? null : SealedKeys.Open(block, passphrase) ?? throw new InvalidDataException("The passphrase does not open its keys.");
            if (passphrase is not null && block is null)
                throw new InvalidDataException("There are no keys in it; leave --passphrase-stdin out.");
            var db = services.GetRequiredService<CrmDb>();
            await db.Provider.RestoreAsync(db, copy, ct);
            if (keys is not null)
                await KeysFolder.WriteAsync(site, keys, ct);
            await output.WriteLineAsync($"Restored: the database of {manifest.MadeAt:yyyy-MM-dd HH:mm} UTC and {manifest.Files} files{(keys is null ? "" : " and the keys")}. What was there before is in {site.DataPath}, ending in .bak.");
            if (keys is null && !KeysFolder.Exists(site))
                await output.WriteLineAsync($"This machine has no keys: start once with --{KeysAtStart.Option}.");
            return 0;
        }
        catch (Exception failed) when (failed is InvalidDataException or IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            await output.WriteLineAsync($"{path} cannot be restored, the database was not touched: {failed.Message}");
            return 1;
        }
        catch (UnusableDatabaseException refused)
        {
            await output.WriteLineAsync(refused.Message);
            return 1;
        }
        finally
        {
            foreach (var left in Directory.EnumerateFiles(site.DataPath, Path.GetFileName(copy) + "*").ToList())
                File.Delete(left);
        }
    }
}

/// <summary>The passphrase: never on the command line, which others can see.</summary>
internal static class Passphrase
{
    private const int Shortest = 12;

    public static async Task<string> ReadAsync(TextReader input, CancellationToken ct) => await input.ReadLineAsync(ct) is { Length: >= Shortest } read ? read
        : throw new UsageException($"--passphrase-stdin: the passphrase, one line on the standard input, has at least {Shortest} characters.");
}
