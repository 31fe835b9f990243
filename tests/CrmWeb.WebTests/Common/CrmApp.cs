using System.Net;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(CrmWeb.WebTests.Common.CrmApp))]

namespace CrmWeb.WebTests.Common;

/// <summary>
/// The app in-process on a database of its own, with <see cref="People"/>. One is shared by all classes that take it in their constructor;
/// a test that needs other settings makes its own: <c>await using var app = await CrmApp.StartAsync(("Limits:DoorsPerMinute", "3"))</c>.
/// </summary>
public class CrmApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly IReadOnlyList<(string Key, string Value)> settings;
    private readonly bool withPeople;
    private readonly Dictionary<long, string> cookies = [];
    private readonly SemaphoreSlim signingIn = new(1, 1);

    public CrmApp() : this(withPeople: true)
    {
    }

    /// <param name="withPeople">False for an app that was just installed.</param>
    protected CrmApp(bool withPeople) : this([], withPeople)
    {
    }

    private CrmApp(IReadOnlyList<(string Key, string Value)> settings, bool withPeople) => (this.settings, this.withPeople) = (settings, withPeople);

    public string DataPath { get; } = Directory.CreateTempSubdirectory("crmweb-web-").FullName;

    /// <summary>The clock of the whole app; a test that moves it uses an app of its own.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>An app of one's own with people.</summary>
    public static Task<CrmApp> StartAsync(params (string Key, string Value)[] settings) => StartAsync(settings, withPeople: true);

    /// <summary>An app that was just installed.</summary>
    public static Task<CrmApp> StartEmptyAsync(params (string Key, string Value)[] settings) => StartAsync(settings, withPeople: false);

    public async ValueTask InitializeAsync()
    {
        using var client = CreateClient(); // starts it
        if (withPeople)
            await People.AddAsync(this);
    }

    /// <summary>Work of the product itself on the app's services.</summary>
    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("test");
        return await work(scope.ServiceProvider);
    }

    public Task DoAsync(Func<IServiceProvider, Task> work) => DoAsync(async services =>
    {
        await work(services);
        return true;
    });

    /// <summary>Saves a record; it belongs to whom the test says.</summary>
    public Task<T> AddAsync<T>(T record) where T : Domain.Common.Record => DoAsync(async services =>
    {
        services.GetRequiredService<IRepository<T>>().Add(record);
        await services.GetRequiredService<IUnitOfWork>().SaveAsync(TestContext.Current.CancellationToken);
        return record;
    });

    /// <summary>Reads the database past all rights.</summary>
    public Task<T> ReadAsync<T>(Func<CrmDb, Task<T>> read) => DoAsync(services => read(services.GetRequiredService<CrmDb>()));

    /// <summary>A browser nobody has signed in with.</summary>
    public Browser Anonymous() => new(Client(new CookieContainer()));

    /// <summary>A browser nobody has signed in with, which keeps what it is given.</summary>
    public Browser NewBrowser()
    {
        var jar = new CookieContainer();
        return new(Client(jar), jar);
    }

    /// <summary>A browser in which one of <see cref="People"/> is signed in; all of his share one session.</summary>
    public async Task<Browser> AsAsync(User user)
    {
        await signingIn.WaitAsync();
        try
        {
            if (!cookies.TryGetValue(user.Id, out var session))
            {
                var browser = await SignInAsync(user);
                cookies[user.Id] = session = browser.Cookie("crm") ?? throw new InvalidOperationException($"{user.Email} cannot sign in.");
            }
            var jar = new CookieContainer();
            jar.Add(ClientOptions.BaseAddress, new Cookie("crm", session));
            return new(Client(jar), jar);
        }
        finally
        {
            signingIn.Release();
        }
    }

    /// <summary>A browser with a session of its own.</summary>
    public async Task<Browser> SignInAsync(User user, string password = People.Password)
    {
        var jar = new CookieContainer();
        var browser = new Browser(Client(jar), jar);
        var page = await browser.OpenAsync("/sign-in");
        await page.SubmitAsync(("Email", user.Email!), ("Password", password));
        return browser;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing").UseSetting("Data:Path", DataPath).UseSetting("Limits:DoorsPerMinute", "100000").UseSetting("Limits:SignedOutPerMinute", "100000");
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    private static async Task<CrmApp> StartAsync(IReadOnlyList<(string Key, string Value)> settings, bool withPeople)
    {
        var app = new CrmApp(settings, withPeople);
        await app.InitializeAsync();
        return app;
    }

    private HttpClient Client(CookieContainer jar) => CreateDefaultClient(ClientOptions.BaseAddress, new CookieContainerHandler(jar));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        signingIn.Dispose();
        Directory.Delete(DataPath, recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>The real time, moved by what the test says.</summary>
public sealed class TestClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
