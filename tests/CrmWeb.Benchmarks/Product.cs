using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace CrmWeb.Benchmarks;

/// <summary>The product on the command line, and the databases made with it.</summary>
internal static class Product
{
    public const string Email = "bench@crmweb.test", NarrowEmail = "narrow@crmweb.test", Password = "lantern-brass-0417";

    public static string Database(string data) => Path.Combine(data, "crm.db");

    /// <summary>Builds the product the way it is delivered.</summary>
    public static Task PublishAsync() => DotnetAsync(data: null, input: null, ["publish", Folders.Sources, "-c", "Release", "-o", Folders.Published, "-v", "quiet"]);

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

    /// <summary>
    /// A second person, whose role shows what he and his team and the team below have: three customers in ten, and fifty that are shared with him.
    /// Only rows that the list of customers reads are his; written past the product, which would need as long for it as for an import.
    /// </summary>
    public static async Task AddNarrowAsync(string data)
    {
        await RunAsync(data, Password, "create-admin", "--email", NarrowEmail, "--name", "Narrow", "--password-stdin");
        await using var connection = new SqliteConnection($"Data Source={Database(data)};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Narrowing;
        command.Parameters.AddWithValue("@email", NarrowEmail);
        await command.ExecuteNonQueryAsync();
    }

    // Scope 2 is the team, 3 the team with those below it; action 0 is to view.
    private const string Narrowing = """
        CREATE TEMP TABLE Who AS SELECT Id FROM Users WHERE Email=@email;
        INSERT INTO Teams SELECT 501, 'Top', NULL, Version, CreatedAt, CreatedById, ModifiedAt, ModifiedById, NULL, NULL, 'top', NULL FROM Teams LIMIT 1;
        INSERT INTO Teams SELECT 502, 'Below', 501, Version, CreatedAt, CreatedById, ModifiedAt, ModifiedById, NULL, NULL, 'below', NULL FROM Teams WHERE Id=501;
        INSERT INTO Roles (Id, Name, Grants, Rights, Fields, Version, CreatedAt, ModifiedAt, SortKey)
            SELECT 503, 'Narrow', replace(Grants, '"Action":0,"Scope":2', '"Action":0,"Scope":3'), Rights, Fields, Version, CreatedAt, ModifiedAt, 'narrow' FROM Roles WHERE BuiltIn='Sales';
        UPDATE UserRoles SET RoleId=503 WHERE UserId=(SELECT Id FROM Who);
        DELETE FROM TeamMemberships WHERE UserId=(SELECT Id FROM Who);
        INSERT INTO TeamMemberships (UserId, TeamId) SELECT Id, 501 FROM Who;
        UPDATE Users SET HomeTeamId=501 WHERE Id=(SELECT Id FROM Who);
        UPDATE Customers SET OwnerId=(SELECT Id FROM Who), OwnerTeamId=501 WHERE Id%10=0;
        UPDATE Customers SET OwnerTeamId=501 WHERE Id%10=1;
        UPDATE Customers SET OwnerTeamId=502 WHERE Id%10=2;
        INSERT INTO CustomerShares (CustomerId, RecipientId, IsTeam, MayEdit) SELECT Id, (SELECT Id FROM Who), 0, 0 FROM Customers WHERE Id%10>2 ORDER BY Id LIMIT 50;
        UPDATE Sequences SET Next=Next+1 WHERE Name='rights';
        """;

    /// <summary>Runs a verb and waits for its end.</summary>
    /// <returns>How long it took, with its start, and its largest resident memory in MB of 1,048,576 bytes.</returns>
    public static Task<(TimeSpan Time, double PeakMb)> RunAsync(string data, string? input, params IEnumerable<string> verb) => DotnetAsync(data, input, [Folders.Product, .. verb]);

    private static async Task<(TimeSpan Time, double PeakMb)> DotnetAsync(string? data, string? input, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (data is not null)
            start.Environment["Data__Path"] = data;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        for (var end = process.WaitForExitAsync(); !end.IsCompleted; await Task.WhenAny(end, Task.Delay(100)))
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64);
        }
        return process.ExitCode == 0 ? (watch.Elapsed, peak / 1048576.0) : throw new BenchmarkException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}: {await said}{await errors}");
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
