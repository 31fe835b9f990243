using System.Net;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>Waiting for a process that begins to listen, or ends.</summary>
internal static class Listening
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Null when nobody listens.</summary>
    public static async Task<HttpStatusCode?> StatusAsync(int port, string path)
    {
        try
        {
            using var client = new HttpClient();
            return (await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), Ct)).StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (!await reached())
            await Task.Delay(100, patience.Token);
    }
}
