namespace CrmWeb.WebTests.Common.Front;

public sealed class HeadersTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; object-src 'none'; frame-src 'self'";

    [Theory]
    [InlineData("/sample/status/404")]
    [InlineData("/sample/boom")]
    [InlineData("/no/such/page")]
    [InlineData("/mark.svg")]
    [InlineData("/css/app.css")]
    public async Task Every_answer_tells_the_browser_what_is_forbidden(string address)
    {
        var answer = await host.Visitor().GetAsync(address);

        Assert.Equal(Policy, answer.Header("Content-Security-Policy"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", answer.Header("Referrer-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vendored_files_are_kept_for_ever_and_pages_differ_for_fragments()
    {
        var visitor = host.Visitor();

        Assert.Equal("public, max-age=31536000, immutable", (await visitor.GetAsync("/lib/inter/5.3.0/inter-latin-wght-normal.woff2")).Header("Cache-Control"));
        Assert.Contains("HX-Request", (await visitor.GetAsync("/sample/status/404")).Header("Vary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_names_is_there_under_its_fingerprint()
    {
        var visitor = host.Visitor();
        var page = await visitor.GetAsync("/sample/status/404");

        var modules = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(page.One("meta[name=crm-modules]").GetAttribute("content")!)!;
        string[] addresses = [.. modules.Values, .. page.Document.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!),
            page.One("link[rel=stylesheet]").GetAttribute("href")!, page.One("link[rel=preload]").GetAttribute("href")!, page.One("svg.i use").GetAttribute("href")!.Split('#')[0]];

        Assert.All(modules.Values, address => Assert.Matches(@"^/js/crm-[a-z-]+\.[a-z0-9]{8,}\.js$", address));
        foreach (var address in addresses)
            Assert.Equal(200, (await visitor.GetAsync(address)).Status);
    }
}
