using System.Diagnostics;

namespace CrmWeb.WebTests.Common;

/// <summary>The product as a process of its own, called as on a command line.</summary>
internal static class CommandLine
{
    /// <summary>A verb on a folder of data.</summary>
    public static Task<(int Result, string Said)> RunAsync(string data, params string[] arguments) => RunAsync([("Data__Path", data)], line: null, arguments);

    /// <summary>One that reads a line.</summary>
    public static Task<(int Result, string Said)> RunAsync(string data, string? line, string[] arguments) => RunAsync([("Data__Path", data)], line, arguments);

    public static Task<(int Result, string Said)> RunAsync(IEnumerable<(string Name, string Value)> environment, params string[] arguments) => RunAsync(environment, line: null, arguments);

    /// <summary>Waits for its end; both outputs are answered as one.</summary>
    private static async Task<(int Result, string Said)> RunAsync(IEnumerable<(string Name, string Value)> environment, string? line, string[] arguments)
    {
        using var process = Start(environment, arguments);
        var ct = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output + await errors);
    }

    public static Process Start(IEnumerable<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
