using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CrmWeb.WebTests.Common.Kills;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>A process that is asked to end takes no more requests, finishes those it has, and is gone in time.</summary>
public sealed class StopTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_runs_is_answered_before_the_process_ends()
    {
        if (OperatingSystem.IsWindows())
            return; // there is no such signal
        var data = Directory.CreateTempSubdirectory("crmweb-stop-").FullName;
        var port = KilledServer.FreePort();
        using var process = CommandLine.Start([("Data__Path", data)], "--urls", $"http://127.0.0.1:{port}");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await Listening.UntilAsync(async () => await Listening.StatusAsync(port, "/health/ready") == HttpStatusCode.OK);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /password/forgotten HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\nEmail=ana@"), Ct);
        await Task.Delay(500, Ct);
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Ct);
        var stopping = Stopwatch.StartNew();
        await Listening.UntilAsync(async () => await Listening.StatusAsync(port, "/health/ready") is null);
        Assert.False(process.HasExited);
        await stream.WriteAsync("x.example0"u8.ToArray(), Ct);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal); // it has no token: the page that says so, to its end
        Assert.Contains("</html>", answer, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
        Directory.Delete(data, recursive: true);
    }
}
