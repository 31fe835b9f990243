using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrmWeb.Benchmarks;

/// <summary>A server in a process of its own, so that its time and memory can be told from those of the load.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private ServerProcess(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>From the start of the process to the first page.</summary>
    public TimeSpan Start { get; private set; }

    /// <summary>Of all its threads, in user and kernel.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident, in MB of 1,048,576 bytes.</summary>
    public double MemoryMb
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>The product on the database of a folder.</summary>
    public static Task<ServerProcess> ProductAsync(string data, Uri url) => StartAsync(url, "/sign-in", [Folders.Product, "--urls", url.ToString(), "--Data:Path", data]);

    /// <summary>The bare server on the same database.</summary>
    public static Task<ServerProcess> BaselineAsync(string data, Uri url) => StartAsync(url, "/", [Folders.Self, Baseline.Role, Product.Database(data), url.ToString()]);

    /// <summary>An address nobody listens on.</summary>
    public static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private static async Task<ServerProcess> StartAsync(Uri url, string firstPage, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        var server = new ServerProcess(Process.Start(start)!, url);
        _ = server.process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // its log goes where a log goes, but to no screen
        var errors = server.process.StandardError.ReadToEndAsync();
        using var client = new HttpClient();
        while (!await AnswersAsync(client, new(url, firstPage)))
        {
            if (server.process.HasExited || watch.Elapsed > LongestStart)
            {
                await server.DisposeAsync();
                throw new BenchmarkException($"The server did not start: {await errors}");
            }
            await Task.Delay(10);
        }
        server.Start = watch.Elapsed;
        return server;
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri page)
    {
        try
        {
            using var answer = await client.GetAsync(page);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
