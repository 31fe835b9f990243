using System.Text;
using System.Text.Json;
using CrmWeb.WebTests.Common.Kills;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>The log of a running product tells who did what and how it ended, and nothing that is a person's own.</summary>
public sealed class LogTests : IDisposable
{
    private const string Email = "ana.duarte@x.example", Secret = "lantern-brass-0417", Wrong = "candle-copper-0934";
    private readonly string data = Directory.CreateTempSubdirectory("crmweb-log-").FullName;

    [Fact]
    public async Task Each_request_is_a_line_with_user_and_trace_and_without_anything_personal()
    {
        Assert.Equal(0, (await CommandLine.RunAsync(data, Secret, ["create-admin", "--email", Email, "--name", "Ana Duarte", "--password-stdin"])).Result);
        var port = KilledServer.FreePort();
        using (await KilledServer.StartAsync(data, port, []))
        {
            var browser = KilledServer.Browser(port);
            await (await browser.OpenAsync("/sign-in")).SubmitAsync(("Email", Email), ("Password", Wrong));
            await (await browser.OpenAsync("/password/forgotten")).SubmitAsync(("Email", Email));
            await browser.OpenAsync("/password/reset?token=a-token-that-opens-nothing");
            Assert.Equal("/", (await (await browser.OpenAsync("/sign-in")).SubmitAsync(("Email", Email), ("Password", Secret))).Location);
            var made = await (await browser.OpenAsync("/customers/new")).SubmitAsync(("Name", "Whispering Pines"), ("Email", "info@whispering.example"), ("Phone", "+46 31 555 01 80"));
            Assert.StartsWith("/customers/", made.Location, StringComparison.Ordinal);
            await browser.OpenAsync("/customers?q=Whispering");
            await browser.OpenAsync("/today");
            while (!Log().Contains("/today", StringComparison.Ordinal)) // a line is written when its answer is away
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var log = Log();
        Assert.All([Email, Secret, Wrong, "Duarte", "a-token-that-opens-nothing", "Whispering", "whispering.example", "555 01 80", "crm="], text => Assert.DoesNotContain(text, log, StringComparison.OrdinalIgnoreCase));
        var found = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)
            .Last(l => l.TryGetProperty("RequestPath", out var path) && path.GetString() == "/customers");
        Assert.Equal(("GET", 200), (found.GetProperty("RequestMethod").GetString(), found.GetProperty("StatusCode").GetInt32()));
        Assert.True(found.GetProperty("UserId").GetInt64() > 0);
        Assert.Equal(32, found.GetProperty("TraceId").GetString()!.Length);
    }

    private string Log()
    {
        var text = new StringBuilder();
        foreach (var name in Directory.EnumerateFiles(Path.Combine(data, "logs")))
        {
            using var file = new StreamReader(new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            text.Append(file.ReadToEnd());
        }
        return text.ToString();
    }

    public void Dispose() => Directory.Delete(data, recursive: true);
}
