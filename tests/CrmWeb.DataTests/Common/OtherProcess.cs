using System.Diagnostics;

namespace CrmWeb.DataTests.Common;

/// <summary>The whole product as a process of its own on a test's database, to be killed.</summary>
internal sealed class OtherProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crmweb-other-").FullName;
    private readonly Process process;

    /// <param name="settings">Beside those of the database.</param>
    public OtherProcess(TestDatabase database, IEnumerable<(string Key, string Value)>? settings = null)
    {
        string[] arguments =
        [
            typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0", "--Data:Path", folder, "--Files:Path", database.Files,
            "--Database:Provider", "Sqlite", "--Database:ConnectionString", $"Data Source={database.File}",
            .. (settings ?? []).SelectMany(s => new[] { $"--{s.Key}", s.Value }),
        ];
        process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Without a word, as by the system.</summary>
    public void Kill()
    {
        Assert.False(process.HasExited, "it has ended by itself");
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Asked to, as by whoever stops a service.</summary>
    public async Task EndAsync()
    {
        using (var asked = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await asked.WaitForExitAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
