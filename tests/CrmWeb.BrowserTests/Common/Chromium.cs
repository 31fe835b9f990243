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
        User? user = null, int width = 1440, int height = 900, bool script = true, string language = "en-GB", ServedApp? at = null)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (at ?? app!).Address,
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
            Locale = language,
            ColorScheme = ColorScheme.Light,
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

    /// <summary>What the browser complained about since it was last asked.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var said = complaints.ToList();
        complaints.Clear();
        return said;
    }

    /// <summary>What axe finds against WCAG 2.2 AA on the page as it stands, by day and by night.</summary>
    /// <remarks>The window's theme is the system's, as it is for who has chosen none: by night nothing but colours differs, and only what is about colours is looked for again.</remarks>
    public async Task<IReadOnlyList<string>> ViolationsAsync()
    {
        var byDay = await ViolationsAsync("{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}");
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var byNight = await ViolationsAsync("{type: 'rule', values: ['color-contrast', 'link-in-text-block']}");
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return [.. byDay, .. byNight.Select(v => $"by night: {v}")];
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>The same in a window of another width, as it is when that has been drawn.</summary>
    public async Task<int> OverflowAsync(int width)
    {
        await Page.SetViewportSizeAsync(width, 844);
        await Page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        return await OverflowAsync();
    }

    /// <param name="rules">Those axe is to look at.</param>
    private async Task<IReadOnlyList<string>> ViolationsAsync(string rules)
    {
        await Page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().iterations !== Infinity).map(a => a.finished.catch(() => {})))"); // between two colours there are others
        await Page.EvaluateAsync($"() => {{ if (!window.axe) {{ {Axe.Value} }} }}");
        var found = await Page.EvaluateAsync<JsonElement>(
            $"async () => (await axe.run(document, {{runOnly: {rules}, resultTypes: ['violations']}})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 2).join(' | '))");
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }

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
