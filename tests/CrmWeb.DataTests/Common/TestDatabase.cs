using CrmWeb.Data.Common;
using CrmWeb.Data.Sqlite;
using CrmWeb.Data.SqlServer;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common;

/// <summary>A database of its own for a test class: SQLite in a file, or SQL Server when CRMWEB_TEST_SQLSERVER names one.</summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private static readonly Lazy<Task<string>> Empty = new(CreateEmptyAsync);
    private readonly string file = TemporaryFile(), files = Path.Combine(Path.GetTempPath(), $"crmweb_files_{Guid.NewGuid():N}");
    private readonly string? server = Environment.GetEnvironmentVariable("CRMWEB_TEST_SQLSERVER");
    private readonly List<ServiceProvider> processes = [];

    public TestClock Clock { get; } = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => processes[0];

    /// <summary>Where it lies; for SQLite only.</summary>
    public string File => server is null ? file : throw new InvalidOperationException("SQL Server has no file of ours.");

    /// <summary>Folder of stored files.</summary>
    public string Files => files;

    public bool IsSqlite => server is null;

    /// <summary>One of a test's own, for tests that count all there is.</summary>
    public static async Task<TestDatabase> StartAsync()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        return database;
    }

    public async ValueTask InitializeAsync()
    {
        if (server is null)
            System.IO.File.Copy(await Empty.Value, file);
        var services = Another();
        if (server is not null)
            await PrepareAsync(services);
    }

    /// <summary>The product a second time on the same database, as another process would be.</summary>
    public IServiceProvider Another(Action<DbContextOptionsBuilder>? options = null)
    {
        var described = server is null
            ? Product.Services(new SqliteProvider(), $"Data Source={file}", Clock, files)
            : Product.Services(new SqlServerProvider(), $"{server};Database={Path.GetFileNameWithoutExtension(file)}", Clock, files);
        if (options is not null)
            described.ConfigureDbContext<CrmDb>(options);
        processes.Add(described.BuildServiceProvider(validateScopes: true));
        return processes[^1];
    }

    /// <summary>A scope of work of the product itself.</summary>
    public TestScope AsSystem(IServiceProvider? process = null)
    {
        var scope = (process ?? Services).CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("test");
        return new(scope);
    }

    /// <summary>A scope of work of a user.</summary>
    public async Task<TestScope> AsAsync(User user, IServiceProvider? process = null)
    {
        var scope = (process ?? Services).CreateAsyncScope();
        var profile = await scope.ServiceProvider.GetRequiredService<IUserProfiles>().FindAsync(user.Id, CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAs(profile!, "test");
        return new(scope);
    }

    /// <summary>A user with built-in roles, in a team.</summary>
    public async Task<User> AddUserAsync(string name, Team? team, params string[] roles)
    {
        await using var scope = AsSystem();
        var ids = await scope.Db.Set<Role>().Where(r => roles.Contains(r.BuiltIn)).Select(r => r.Id).ToListAsync();
        return await AddUserAsync(scope, name, team, ids);
    }

    /// <summary>A user with a role made for the test.</summary>
    public async Task<User> AddUserWithAsync(string name, Team? team, params Grant[] grants)
    {
        await using var scope = AsSystem();
        var role = new Role { Name = Guid.NewGuid().ToString("N"), Grants = grants };
        scope.Repository<Role>().Add(role);
        await scope.SaveAsync();
        return await AddUserAsync(scope, name, team, [role.Id]);
    }

    public async Task<Team> AddTeamAsync(string name, Team? parent = null)
    {
        await using var scope = AsSystem();
        var team = new Team { Name = name, ParentId = parent?.Id };
        scope.Repository<Team>().Add(team);
        await scope.SaveAsync();
        return team;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await using var scope = Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CrmDb>().Database.EnsureDeletedAsync();
        }
        foreach (var process in processes)
            await process.DisposeAsync();
        Remove(file);
        if (Directory.Exists(files))
            Directory.Delete(files, recursive: true);
    }

    private static async Task<User> AddUserAsync(TestScope scope, string name, Team? team, IReadOnlyList<long> roles)
    {
        var user = new User { Name = name, Email = $"{Guid.NewGuid():N}@test.example" };
        scope.Repository<User>().Add(user);
        user.SetHomeTeam(team?.Id);
        user.SetRoles(roles);
        await scope.SaveAsync();
        return user;
    }

    /// <summary>A database with its tables and first rows, made once and copied for each class.</summary>
    private static async Task<string> CreateEmptyAsync()
    {
        var empty = TemporaryFile();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(empty);
        await using (var services = Product.Services(new SqliteProvider(), $"Data Source={empty};Pooling=False", TimeProvider.System).BuildServiceProvider())
            await PrepareAsync(services);
        return empty;
    }

    private static async Task PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("test");
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await db.Provider.MigrateAsync(db, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<FirstRows>().AddAsync(CancellationToken.None);
    }

    private static string TemporaryFile() => Path.Combine(Path.GetTempPath(), $"crmweb_{Guid.NewGuid():N}.db");

    private static void Remove(string file)
    {
        SqliteConnection.ClearAllPools();
        foreach (var path in new[] { file, file + "-wal", file + "-shm" })
            System.IO.File.Delete(path);
    }
}

public sealed class TestScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public CrmDb Db => Get<CrmDb>();

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public IRepository<T> Repository<T>() where T : Record => Get<IRepository<T>>();

    public Task SaveAsync() => Get<IUnitOfWork>().SaveAsync(CancellationToken.None);

    /// <summary>Adds a record and saves.</summary>
    public async Task<T> AddAsync<T>(T record) where T : Record
    {
        Repository<T>().Add(record);
        await SaveAsync();
        return record;
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}

public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public DateTime Utc => Now.UtcDateTime;

    public override DateTimeOffset GetUtcNow() => Now;
}
