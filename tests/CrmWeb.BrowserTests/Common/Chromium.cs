using System.Text.Json;
using CrmWeb.Domain.Access;
using CrmWeb.WebTests.Common;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(CrmWeb.BrowserTests.Common.Chromium))]

namespace CrmWeb.BrowserTests.Common;

/// <summary>The app on a real port and one Chromium for all journeys. Without a Chromium the tests are skipped with the reason; under CI they fail.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    private ServedApp? app;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public CrmApp App => app!;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("CRMWEB_CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"There is no Chromium at {path}; CRMWEB_CHROMIUM can name another one.");
            throw new FileNotFoundException("CI needs Chromium.", path);
        }

        app = new();
        await app.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments });
    }

    /// <summary>A window of its own. It notes what the browser complains about.</summary>
    /// <param name="at">Another app than the one all journeys share.</param>
    public async Task<Window> OpenAsync(
        User? user = null, int width = 1440, int height = 900, bool script = true, string language = "en-GB", ColorScheme scheme = ColorScheme.Light, bool bypassCsp = false, ServedApp? at = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (at ?? app!).Address,
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
            Locale = language,
            ColorScheme = scheme,
            BypassCSP = bypassCsp,
        });
        context.SetDefaultTimeout(30_000);
        var window = new Window(context, await context.NewPageAsync());
        if (user is not null)
            await window.SignInAsync(user.Email!, People.Password);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }
}

/// <summary>A browser window and what went wrong in it.</summary>
public sealed class Window : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(() =>
    {
        using var script = typeof(Deque.AxeCore.Commons.AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(script);
        return reader.ReadToEnd();
    });

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    internal Window(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        Listen(page);
    }

    public IPage Page { get; }

    /// <summary>A second tab of the same person. What goes wrong in it counts too.</summary>
    public async Task<IPage> NewPageAsync()
    {
        var page = await context.NewPageAsync();
        Listen(page);
        return page;
    }

    /// <summary>What happens when nobody comes back for hours: the next request is nobody's.</summary>
    public Task EndSessionAsync() => context.ClearCookiesAsync(new() { Name = "crm" });

    public async Task SignInAsync(string email, string password)
    {
        await Page.GotoAsync("/sign-in");
        await Page.FillAsync("[name=Email]", email);
        await Page.FillAsync("[name=Password]", password);
        await Page.ClickAsync("main button[type=submit], form button.btn-primary");
        await Page.WaitForURLAsync("**/today");
    }

    /// <summary>No script error, no refused resource, no policy violation so far.</summary>
    public void AssertCalm() => Assert.Empty(complaints);

    /// <summary>What axe finds against WCAG 2.2 AA on the page as it stands.</summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}, resultTypes: ['violations']})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))");
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void Listen(IPage page)
    {
        // Policy violations are console errors too. A refused form (4xx) is an answer, not a fault of the page.
        page.Console += (_, said) =>
        {
            if (said.Type == "error" && !said.Text.Contains("status of 4", StringComparison.Ordinal))
                complaints.Add(said.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }
}
