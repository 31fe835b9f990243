using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CrmWeb.Benchmarks;

/// <summary>The product on the command line, and the databases made with it.</summary>
internal static class Product
{
    public const string Email = "bench@crmweb.test", Password = "lantern-brass-0417";

    public static string Database(string data) => Path.Combine(data, "crm.db");

    /// <summary>Makes a database with one administrator and nothing else.</summary>
    public static async Task CreateAsync(string data)
    {
        Directory.CreateDirectory(data);
        await RunAsync(data, Password, "create-admin", "--email", Email, "--name", "Benchmark", "--password-stdin");
    }

    /// <summary>A copy of the made-up database of this size and of the present model; it is made once and kept.</summary>
    /// <param name="empty">Folder of a database of the present model.</param>
    public static async Task SeedAsync(string empty, string kept, string copy, int customers, TextWriter log)
    {
        var made = Path.Combine(kept, $"{customers}-{Model(Database(empty))}");
        if (!Directory.Exists(made))
        {
            await log.WriteLineAsync($"Making {customers} customers, once.");
            var making = made + ".part";
            if (Directory.Exists(making))
                Directory.Delete(making, recursive: true);
            Copy(empty, making);
            await RunAsync(making, input: null, "seed", "--customers", $"{customers}");
            Directory.Move(making, made);
        }
        Copy(made, copy);
    }

    /// <summary>Runs a verb and waits for its end.</summary>
    /// <returns>How long it took, with its start.</returns>
    public static async Task<TimeSpan> RunAsync(string data, string? input, params IEnumerable<string> verb)
    {
        var start = new ProcessStartInfo("dotnet", [Folders.Product, .. verb]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Data__Path"] = data;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? watch.Elapsed : throw new BenchmarkException($"{string.Join(' ', verb)} ended with {process.ExitCode}: {await said}{await errors}");
    }

    /// <summary>A fingerprint of the tables, so that a database of an older model is not measured.</summary>
    private static string Model(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name)";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((string)command.ExecuteScalar()!)))[..12];
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
