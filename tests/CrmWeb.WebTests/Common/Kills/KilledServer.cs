using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CrmWeb.WebTests.Common.Kills;

/// <summary>The real server as a process of its own on a folder of data; it is killed without a word.</summary>
internal sealed class KilledServer : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);
    private readonly Process process;

    private KilledServer(Process process) => this.process = process;

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<KilledServer> StartAsync(string data, int port, IEnumerable<(string Key, string Value)> settings)
    {
        var started = CommandLine.Start(settings.Append(("Data:Path", data)).Select(s => (s.Item1.Replace(":", "__", StringComparison.Ordinal), s.Item2)), "--urls", Address(port).ToString());
        started.OutputDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        var errors = started.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = Address(port) };
        for (var watch = Stopwatch.StartNew(); !await IsReadyAsync(client); await Task.Delay(25))
            Assert.True(!started.HasExited && watch.Elapsed < LongestStart, started.HasExited ? $"It does not start: {await errors}" : "It does not get ready.");
        return new(started);
    }

    /// <summary>A browser in front of whatever process listens there.</summary>
    public static Browser Browser(int port)
    {
        var jar = new CookieContainer();
        return new(new(new SocketsHttpHandler { CookieContainer = jar, AllowAutoRedirect = false }) { BaseAddress = Address(port) }, jar);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Kill()
    {
        Assert.False(process.HasExited, "it has ended by itself");
        process.Kill(); // SIGKILL: nothing of it runs any more
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static Uri Address(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
