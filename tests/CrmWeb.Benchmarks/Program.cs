using System.Globalization;

namespace CrmWeb.Benchmarks;

/// <summary>Measures the product on made-up data against a bare server on the same database. See docs/benchmarks.md.</summary>
internal static class Program
{
    private const string Usage = "dotnet run -c Release --project tests/CrmWeb.Benchmarks -- --customers N [--rounds R] [--data FOLDER]";

    public static async Task<int> Main(string[] args)
    {
        if (args is [Baseline.Role, var database, var url])
            return await Baseline.RunAsync(database, url);
        if (Options.Parse(args) is not { } options)
        {
            Console.Error.WriteLine($"Usage: {Usage}");
            return 2;
        }

        try
        {
            var report = await Benchmark.RunAsync(options, Console.Error);
            Console.WriteLine(report.ToMarkdown());
            await File.WriteAllTextAsync(Path.Combine(Folders.Artifacts, "benchmarks.json"), report.ToJson());
            return 0;
        }
        catch (BenchmarkException failed)
        {
            Console.Error.WriteLine(failed.Message);
            return 1;
        }
    }
}

/// <summary>What was asked for on the command line.</summary>
/// <param name="Data">Folder of the made-up databases, which are kept for the next run.</param>
internal sealed record Options(int Customers, int Rounds, string Data)
{
    /// <summary>Null when the arguments are wrong.</summary>
    public static Options? Parse(IReadOnlyList<string> args)
    {
        var options = new Options(0, 5, Path.Combine(Folders.Artifacts, "benchmarks"));
        for (var i = 0; i + 1 < args.Count; i += 2)
        {
            var isCount = int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0;
            switch (args[i])
            {
                case "--customers" when isCount:
                    options = options with { Customers = count };
                    break;
                case "--rounds" when isCount:
                    options = options with { Rounds = count };
                    break;
                case "--data":
                    options = options with { Data = Path.GetFullPath(args[i + 1]) };
                    break;
                default:
                    return null;
            }
        }
        return options.Customers > 0 && args.Count % 2 == 0 ? options : null;
    }
}

/// <summary>Where builds lie.</summary>
internal static class Folders
{
    /// <summary>The last part of the folder this was built into: "release".</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
    public static string Artifacts { get; } = Path.GetFullPath("../../..", AppContext.BaseDirectory);
    public static string Published { get; } = Path.Combine(Artifacts, "publish", "measured");
    public static string Product { get; } = Path.Combine(Published, "CrmWeb.Web.dll");
    public static string Sources { get; } = Path.GetFullPath("../src/CrmWeb.Web", Artifacts);
    public static string Self { get; } = Path.Combine(AppContext.BaseDirectory, "CrmWeb.Benchmarks.dll");
}

/// <summary>The run cannot go on; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
