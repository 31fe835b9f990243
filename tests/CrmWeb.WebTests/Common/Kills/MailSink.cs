using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CrmWeb.WebTests.Common.Kills;

/// <summary>A mail server that takes all it is given and remembers it.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Task accepting;

    public MailSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Id and recipient of each mail it has said yes to, in that order; one that was handed over twice stands there twice.</summary>
    public ConcurrentQueue<(string Id, string To)> Taken { get; } = [];

    /// <summary>The settings that let the product send here.</summary>
    public (string Key, string Value)[] Settings =>
        [("Mail:Smtp:Host", "127.0.0.1"), ("Mail:Smtp:Port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Mail:Smtp:From", "crm@test.example"), ("Mail:Smtp:Tls", "none")];

    private async Task AcceptAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(ended.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink");
            while (await reader.ReadLineAsync(ended.Token) is { } line)
            {
                var isMail = line.Equals("DATA", StringComparison.OrdinalIgnoreCase);
                await writer.WriteLineAsync(isMail ? "354 go on" : line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 yes");
                if (isMail && await ReadAsync(reader) is { } mail)
                {
                    Taken.Enqueue(mail);
                    await writer.WriteLineAsync("250 taken");
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The sender was killed.
        }
    }

    /// <summary>Null when it does not come to its end.</summary>
    private async Task<(string Id, string To)?> ReadAsync(StreamReader reader)
    {
        var (id, to) = ("", "");
        while (await reader.ReadLineAsync(ended.Token) is { } line)
        {
            if (line == ".")
                return (id, to);
            if (line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase))
                id = line[11..].Trim();
            if (line.StartsWith("To:", StringComparison.OrdinalIgnoreCase))
                to = line[3..].Trim(' ', '<', '>');
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }
}
