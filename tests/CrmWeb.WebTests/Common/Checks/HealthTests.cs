using System.Net;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Checks;

/// <summary>What watchers are told: whether the process answers, and whether it can do its work.</summary>
public sealed class HealthTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live", """{"status":"ok","checks":{}}""")]
    [InlineData("/health/ready", """{"status":"ok","checks":{"database":"ok","worker":"ok"}}""")]
    public async Task Whoever_asks_is_told_in_json_that_nobody_keeps(string address, string said)
    {
        var answer = await app.Anonymous().OpenAsync(address);

        Assert.Equal((HttpStatusCode.OK, said), (answer.Status, answer.Html));
        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.Anonymous().SendAsync(new(HttpMethod.Post, address))).Status);
    }

    [Fact]
    public async Task They_may_be_asked_as_often_as_a_watcher_likes()
    {
        await using var own = await CrmApp.StartAsync(("Limits:DoorsPerMinute", "1"), ("Limits:SignedOutPerMinute", "5"));
        var watcher = own.Anonymous();

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await watcher.OpenAsync("/health/live")).Status);
            Assert.Equal(HttpStatusCode.OK, (await watcher.OpenAsync("/health/ready")).Status);
        }
    }

    [Fact]
    public async Task A_database_that_does_not_fit_makes_it_unready_but_not_dead_and_tells_nothing_more()
    {
        await using var own = await CrmApp.StartAsync();
        var browser = await own.AsAsync(People.Sales);
        await own.ReadAsync(db => db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99.0'); DROP TABLE Sessions", Ct));

        var answer = await UntilAsync(browser, HttpStatusCode.ServiceUnavailable);

        Assert.Equal("""{"status":"error","checks":{"database":"error","worker":"ok"}}""", answer.Html);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, (await browser.OpenAsync("/today")).Status); // who he is cannot be looked up
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/health/live")).Status);
    }

    /// <summary>It is looked up once a second.</summary>
    private static async Task<Page> UntilAsync(Browser browser, HttpStatusCode status)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await browser.OpenAsync("/health/ready");
            if (answer.Status == status || tries > 50)
                return answer;
            await Task.Delay(100, Ct);
        }
    }
}
