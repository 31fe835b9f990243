using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Access;

namespace CrmWeb.WebTests.Common.Front;

/// <summary>Whatever is asked, by whomever, and however it ends: every answer forbids what the browser must not do, and what is a person's is kept by nobody.</summary>
public sealed class EveryAnswerTests(CrmApp app)
{
    private static readonly string[] Policies = [CrmWeb.Web.Common.SecurityHeaders.Policy, "default-src 'none'; sandbox"];

    private static readonly (string Name, string Value)[] Always =
    [
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    private static readonly HttpStatusCode[] Ends = [HttpStatusCode.OK, HttpStatusCode.Redirect, HttpStatusCode.BadRequest, HttpStatusCode.NotFound];
    private static readonly string[] Untold = ["Server", "X-Powered-By", "Access-Control-Allow-Origin"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_every_endpoint_for_nobody_and_for_somebody()
    {
        var (nobody, somebody, wrong, seen) = (app.NewBrowser(), await app.AsAsync(People.Admin), new List<string>(), new HashSet<HttpStatusCode>());

        foreach (var name in Expected.Table.Keys.Where(n => !n.EndsWith("/sign-out", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (var (who, browser) in new[] { ("nobody", nobody), ("somebody", somebody) })
            {
                using var answer = await browser.Client.SendAsync(Expected.Request(name), HttpCompletionOption.ResponseHeadersRead, Ct);
                seen.Add(answer.StatusCode);
                wrong.AddRange(Faults(answer, isSignedIn: who == "somebody" && !name.Contains("/health/", StringComparison.Ordinal)).Select(f => $"{name} for {who} ({(int)answer.StatusCode}): {f}"));
            }
        }

        Assert.Empty(wrong);
        Assert.Superset(Ends.ToHashSet(), seen);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("PUT", "/customers", 405)]
    [InlineData("POST", "/customers", 400)] // no token
    [InlineData("GET", "/customers?f.nothing.is=1", 400)]
    [InlineData("GET", "/customers/999999999", 404)]
    [InlineData("GET", "/settings/users", 403)]
    [InlineData("GET", "/errors/500", 404)]
    public async Task Of_every_refusal(string method, string address, int status)
    {
        using var answer = await (await app.AsAsync(People.Sales)).Client.SendAsync(new(new(method), address), Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(Faults(answer, isSignedIn: true));
    }

    [Fact]
    public async Task Of_a_file_of_a_customer_and_of_an_export()
    {
        var customer = await app.AddAsync(new Customer { Name = "Headers AB" });
        var browser = await app.AsAsync(People.Admin);
        var page = await browser.OpenAsync($"/customers/{customer.Id}");
        using var form = new MultipartFormDataContent { { new StringContent(page.Token!), "__RequestVerificationToken" }, { new ByteArrayContent("Hello"u8.ToArray()), "file", "note.txt" } };
        await browser.SendAsync(new(HttpMethod.Post, $"/customers/{customer.Id}/files") { Content = form });
        var file = (await browser.OpenAsync($"/customers/{customer.Id}")).Document.QuerySelector("#files a[aria-label='Download note.txt']")!.GetAttribute("href")!;

        using var download = await browser.Client.GetAsync(new Uri(file, UriKind.Relative), Ct);
        var export = await browser.PostAsync("/customers/export?cols=name", ("Format", "Csv"));

        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        Assert.Equal("default-src 'none'; sandbox", string.Join(' ', download.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Empty(Faults(download, isSignedIn: true));
        Assert.Equal("attachment", export.Answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Empty(Faults(export.Answer, isSignedIn: true));
    }

    [Fact]
    public async Task Of_a_host_name_that_is_not_its_own()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = "evil.example";

        using var answer = await app.Anonymous().Client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Faults(answer, isSignedIn: false));
    }

    [Fact]
    public async Task Of_those_who_asked_too_often()
    {
        await using var own = await CrmApp.StartAsync(("Limits:SignedOutPerMinute", "1"));
        var visitor = own.Anonymous();
        await visitor.OpenAsync("/sign-in");

        var answer = (await visitor.OpenAsync("/sign-in")).Answer;

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Empty(Faults(answer, isSignedIn: false));
    }

    internal static IEnumerable<string> Faults(HttpResponseMessage answer, bool isSignedIn)
    {
        if (!Policies.Contains(Header(answer, "Content-Security-Policy")))
            yield return "its policy is " + Header(answer, "Content-Security-Policy");
        foreach (var (name, value) in Always.Where(h => Header(answer, h.Name) != h.Value))
            yield return $"{name} is {Header(answer, name)}, not {value}";
        if (Header(answer, "Permissions-Policy")?.Contains("camera=()", StringComparison.Ordinal) != true)
            yield return "it permits";
        foreach (var told in Untold.Where(h => Header(answer, h) is not null))
            yield return $"it tells {told}";
        if (isSignedIn && Header(answer, "Cache-Control") != "no-store")
            yield return "it may be kept: " + Header(answer, "Cache-Control");
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            if (!cookie.Contains("; httponly", StringComparison.OrdinalIgnoreCase) || !cookie.Contains("; samesite=", StringComparison.OrdinalIgnoreCase) || cookie.Contains("; domain=", StringComparison.OrdinalIgnoreCase))
                yield return $"its cookie is open: {cookie}";
        }
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}
