using System.Globalization;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmWeb.WebTests.Common.Front;

/// <summary>The frame of all pages with a few pages of its own, without database and sign-in: the person comes in headers.</summary>
public sealed class FrontHost : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 24, 0, TimeSpan.Zero); // a Monday

    private WebApplication app = null!;

    public IList<(LogLevel Level, string Text)> Log { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "CrmWeb.Web", EnvironmentName = "Testing", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseTestServer().UseStaticWebAssets();
        builder.Logging.ClearProviders().AddProvider(new ListLog(Log));
        builder.Services.AddFront().AddSingleton<TimeProvider>(new StandingClock(Now)).AddSingleton<IFirmReader>(new Lantern())
            .AddSingleton(new SiteOptions { DataPath = AppContext.BaseDirectory })
            .AddHttpContextAccessor().AddScoped<ICurrentUser, HeaderUser>();
        builder.Services.AddControllersWithViews().AddApplicationPart(typeof(FrontHost).Assembly);
        app = builder.Build();
        app.UseFront().UseCultures().MapFront();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    public Visitor Visitor(string language = "en", bool signedIn = true, bool mayAll = true) =>
        new(new HttpClient(new CookieHandler(app.GetTestServer().CreateHandler())) { BaseAddress = new("http://localhost") }, [("X-Language", language), ("X-In", signedIn ? "1" : "0"), ("X-All", mayAll ? "1" : "0")]);

    private sealed class Lantern : IFirmReader
    {
        public Task<FirmName?> NameAsync(CancellationToken ct) => Task.FromResult<FirmName?>(new("Lantern Supply", null));
    }

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class HeaderUser(IHttpContextAccessor http) : ICurrentUser
    {
        private readonly IHeaderDictionary headers = http.HttpContext!.Request.Headers;

        public long? Id => headers["X-In"] == "1" ? 7 : null;
        public string Name => headers.ContainsKey("X-Broken") ? throw new InvalidOperationException("no user today") : "Ana Duarte";
        public AccessRights Access => headers["X-All"] == "1" ? AccessRights.System : AccessRights.Nobody;
        public Habits Habits => headers["X-Language"] == "zh"
            ? Habits.Neutral with { Language = CultureInfo.GetCultureInfo("zh-Hans"), Format = CultureInfo.GetCultureInfo("zh-CN") }
            : Habits.Neutral;
        public string? From => null;
        public string? Why => null;
    }

    private sealed class ListLog(IList<(LogLevel, string)> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;
        public void Dispose() { }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Add((logLevel, formatter(state, exception)));
        }
    }
}

/// <summary>A browser without script, kept to one person.</summary>
public sealed class Visitor(HttpClient client, IReadOnlyList<(string Name, string Value)> headers)
{
    public Task<Answer> GetAsync(string address, params (string Name, string Value)[] extra) => SendAsync(new(HttpMethod.Get, address), extra);

    public Task<Answer> PostAsync(string address, IEnumerable<(string Name, string Value)> fields, params (string Name, string Value)[] extra) =>
        SendAsync(new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) }, extra);

    /// <summary>Fills the page's form over what it holds, token included, and sends it.</summary>
    public Task<Answer> SubmitAsync(Answer page, params (string Name, string Value)[] typed)
    {
        var form = (IHtmlFormElement)page.Document.QuerySelector("main form[method=post]")!;
        var fields = form.QuerySelectorAll("input[name]").Select(e => (Name: e.GetAttribute("name")!, Value: e.GetAttribute("value") ?? ""))
            .Where(f => !typed.Any(t => t.Name == f.Name)).Concat(typed);
        return PostAsync(form.GetAttribute("action")!, fields, ("Origin", "http://localhost"));
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request, (string Name, string Value)[] extra)
    {
        foreach (var (name, value) in headers.Concat(extra))
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(answer, text, await BrowsingContext.New().OpenAsync(r => r.Content(text), TestContext.Current.CancellationToken));
    }
}

public sealed record Answer(HttpResponseMessage Message, string Text, IDocument Document)
{
    public int Status => (int)Message.StatusCode;

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public IElement One(string selector) => Document.QuerySelector(selector) ?? throw new InvalidOperationException($"{selector} is not there:\n{Text}");

    public string Said(string selector) => string.Join(' ', One(selector).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

internal sealed class CookieHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly System.Net.CookieContainer cookies = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } kept)
            request.Headers.Add("Cookie", kept);
        var answer = await base.SendAsync(request, cancellationToken);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
            cookies.SetCookies(request.RequestUri!, set);
        return answer;
    }
}
