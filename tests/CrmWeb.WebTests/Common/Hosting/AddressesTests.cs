using System.Net;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CrmWeb.WebTests.Common.Hosting;

/// <summary>Under which names the product answers, whom it believes about where a request comes from, and what its cookies are like.</summary>
public sealed class AddressesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("crm.example", HttpStatusCode.OK)]
    [InlineData("localhost:5080", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("crm.example.evil.example", HttpStatusCode.BadRequest)]
    public async Task Only_its_own_names_are_answered(string host, HttpStatusCode status)
    {
        await using var app = await CrmApp.StartAsync(("Site:BaseUrl", "https://crm.example"));
        var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Host = host;

        var answer = await app.Anonymous().SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.DoesNotContain(host == "evil.example" ? "evil" : "\0", answer.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080", null, null)]
    [InlineData("http://127.0.0.1:5080;http://192.0.2.7:5080", null, null)]
    [InlineData("http://crm.example", null, null)]
    [InlineData(null, "Database:ConnectionString", "Data Source=own.db")]
    [InlineData(null, "Database:Provider", "SqlServer")]
    public void The_demo_takes_neither_an_open_address_nor_a_configured_database(string? urls, string? key, string? value)
    {
        var refused = Assert.Throws<ConfigurationException>(() => Builder(urls, key, value).AddAddresses(Site(isDemo: true)));

        Assert.Contains("--demo takes a loopback address and no configured database", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://[::1]:5080;https://localhost:5081")]
    public void The_demo_takes_loopback_addresses(string? urls) => Builder(urls).AddAddresses(Site(isDemo: true));

    [Fact]
    public void Without_an_address_of_its_own_it_listens_to_this_machine_alone()
    {
        Assert.Throws<ConfigurationException>(() => Builder("http://0.0.0.0:80").AddAddresses(Site(isDemo: false)));
        Assert.Throws<ConfigurationException>(() => Builder(urls: null, "Kestrel:Endpoints:Web:Url", "http://*:80").AddAddresses(Site(isDemo: false)));
        Assert.Throws<ConfigurationException>(() => Builder(urls: null, "http_ports", "8080").AddAddresses(Site(isDemo: false)));
        Builder("http://0.0.0.0:80", "Site:BaseUrl", "https://crm.example").AddAddresses(Site(isDemo: false, "https://crm.example"));
    }

    [Theory]
    [InlineData("10.0.0.2, 10.1.0.0/16", "10.0.0.2", "198.51.100.7")]
    [InlineData("10.0.0.2, 10.1.0.0/16", "10.1.2.3", "198.51.100.7")]
    [InlineData("10.0.0.2, 10.1.0.0/16", "::ffff:10.0.0.2", "198.51.100.7")]
    [InlineData("10.0.0.2, 10.1.0.0/16", "10.2.0.1", "10.2.0.1")]
    [InlineData("10.0.0.2, 10.1.0.0/16", "127.0.0.1", "127.0.0.1")]
    [InlineData(null, "10.0.0.2", "10.0.0.2")]
    [InlineData(null, "127.0.0.1", "127.0.0.1")]
    public async Task Only_listed_proxies_are_believed_about_who_calls_and_how(string? known, string peer, string caller)
    {
        await using var app = await CrmApp.StartEmptyAsync(("Proxy:Known", known ?? ""), ("ForwardedHeaders_Enabled", "true"));

        var seen = await CallAsync(app, peer, ("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "localhost"));

        Assert.Equal((caller, caller == peer ? "http" : "https"), (seen.Connection.RemoteIpAddress!.ToString(), seen.Request.Scheme));
    }

    [Fact]
    public async Task Of_a_chain_only_what_known_proxies_have_added_counts()
    {
        await using var app = await CrmApp.StartEmptyAsync(("Proxy:Known", "10.0.0.0/8"));

        var seen = await CallAsync(app, "10.0.0.2", ("X-Forwarded-For", "127.0.0.1, 198.51.100.7, 10.0.0.9"));

        Assert.Equal("198.51.100.7", seen.Connection.RemoteIpAddress!.ToString()); // what stands before it, he has made up himself
    }

    [Fact]
    public async Task Under_https_every_cookie_is_secure_and_the_sign_in_is_bound_to_the_host()
    {
        await using var app = await CrmApp.StartAsync(("Site:BaseUrl", "https://localhost"));
        app.ClientOptions.BaseAddress = new("https://localhost");
        var browser = app.NewBrowser();
        var page = await browser.OpenAsync("/sign-in?language=en");

        var entered = await page.SubmitAsync(("Email", People.Sales.Email!), ("Password", People.Password));

        var cookies = new[] { page, entered }.SelectMany(p => p.Answer.Headers.GetValues("Set-Cookie")).ToList();
        Assert.True(cookies.Count >= 3, string.Join('\n', cookies)); // form, language, sign-in
        Assert.All(cookies, c => Assert.Contains("; secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("; samesite=", c, StringComparison.OrdinalIgnoreCase));
        var own = Assert.Single(cookies, c => c.StartsWith("__Host-crm=", StringComparison.Ordinal));
        Assert.Contains("; path=/;", own, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", own, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", own, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task Who_tries_the_door_too_often_waits()
    {
        await using var app = await CrmApp.StartAsync(("Limits:DoorsPerMinute", "3"));
        var page = await app.NewBrowser().OpenAsync("/sign-in");

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await page.SubmitAsync(("Email", $"nobody{i}@x.example"), ("Password", "not the password"))).Status);
        var limited = await page.SubmitAsync(("Email", People.Sales.Email!), ("Password", People.Password));

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.Status);
        Assert.InRange(int.Parse(limited.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
    }

    private static Task<HttpContext> CallAsync(CrmApp app, string peer, params (string Name, string Value)[] headers) => app.Server.SendAsync(http =>
    {
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = ("GET", "http", new("localhost"), "/mark.svg");
        foreach (var (name, value) in headers)
            http.Request.Headers[name] = value;
    }, Ct);

    private static WebApplicationBuilder Builder(string? urls, string? key = null, string? value = null)
    {
        var builder = WebApplication.CreateSlimBuilder([]);
        builder.Configuration["urls"] = urls;
        if (key is not null)
            builder.Configuration[key] = value;
        return builder;
    }

    private static SiteOptions Site(bool isDemo, string? url = null) => new() { DataPath = Path.GetTempPath(), IsDemo = isDemo, BaseUrl = url };
}
