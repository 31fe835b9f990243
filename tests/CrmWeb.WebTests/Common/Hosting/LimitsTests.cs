using System.Text;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>More than a page of ours would send is refused by a page that says so, on a real port, and never by a failure.</summary>
public sealed class LimitsTests : IAsyncLifetime
{
    private ServedApp app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = new();
        await app.InitializeAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_form_with_too_much_in_it_is_too_large_whoever_sends_it()
    {
        var (nobody, somebody) = (app.NewBrowser(), await app.SignInAsync(People.Sales));
        var token = (await somebody.OpenAsync("/account")).Token!;
        var large = new string('x', 3 * 1_048_576);

        await AssertAsync(413, "This is too large", nobody, Form([("Email", large)]));
        await AssertAsync(413, "内容过大", nobody, Form([("Email", large)]), ("Accept-Language", "zh-CN"));
        await AssertAsync(413, "This is too large", nobody, Form([("Email", large)]), ("Transfer-Encoding", "chunked"));
        await AssertAsync(413, "This is too large", nobody, Form(Enumerable.Range(0, 2_500).Select(i => ($"f{i}", "x"))));
        await AssertAsync(413, "This is too large", nobody, Form([(new string('k', 600), "x")]));
        await AssertAsync(413, "This is too large", somebody, Form(Enumerable.Range(0, 2_500).Select(i => ($"f{i}", "x"))), ("RequestVerificationToken", token));
        await AssertAsync(413, "This is too large", somebody, Form([("Name", large)]), ("RequestVerificationToken", token));
    }

    [Fact]
    public async Task A_form_that_was_cut_off_is_not_read()
    {
        var somebody = await app.SignInAsync(People.Sales);
        var token = (await somebody.OpenAsync("/account")).Token!;

        foreach (var type in new[] { "multipart/form-data; boundary=cut", "multipart/form-data" })
        {
            var content = new StringContent("--cut\r\nContent-Disposition: form-data; name=\"Name\"\r\n\r\nA");
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            await AssertAsync(400, "The server could not read this request", somebody, content, ("RequestVerificationToken", token));
        }
    }

    [Theory]
    [InlineData(9_000, 1, 10, 414, "The address is too long")]
    [InlineData(10, 1, 40_000, 431, "The browser sends too much along")]
    [InlineData(10, 150, 10, 431, "The browser sends too much along")]
    [InlineData(7_000, 80, 200, 200, "Sign in")]
    public async Task An_address_and_headers_have_an_end(int query, int headers, int length, int status, string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sign-in?returnUrl=/{new string('x', query)}");
        for (var i = 0; i < headers; i++)
            request.Headers.Add($"X-More-{i}", new string('x', length));

        var answer = await app.NewBrowser().SendAsync(request);

        Assert.Equal((status, title), ((int)answer.Status, answer.Title));
        Assert.Empty(Front.EveryAnswerTests.Faults(answer.Answer, isSignedIn: false));
    }

    private static async Task AssertAsync(int status, string title, Browser browser, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, headers.Any(h => h.Name == "RequestVerificationToken") ? "/account" : "/sign-in") { Content = content };
        request.Headers.ExpectContinue = true; // as a client that asks before it sends
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        var answer = await browser.SendAsync(request);

        Assert.Equal((status, title), ((int)answer.Status, answer.Title));
        Assert.Empty(Front.EveryAnswerTests.Faults(answer.Answer, isSignedIn: headers.Any(h => h.Name == "RequestVerificationToken")));
    }

    private static StringContent Form(IEnumerable<(string Name, string Value)> fields) =>
        new(string.Join('&', fields.Select(f => $"{f.Name}={f.Value}")), Encoding.UTF8, "application/x-www-form-urlencoded");
}
