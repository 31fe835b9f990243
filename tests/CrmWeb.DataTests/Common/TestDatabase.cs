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
    private readonly string file = Path.Combine(Path.GetTempPath(), $"crmweb-{Guid.NewGuid():N}.db");
    private readonly string? server = Environment.GetEnvironmentVariable("CRMWEB_TEST_SQLSERVER");
    private ServiceProvider? services;

    public TestClock Clock { get; } = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => services!;

    public async ValueTask InitializeAsync()
    {
        IDatabaseProvider provider = server is null ? new SqliteProvider() : new SqlServerProvider();
        var connection = server is null ? $"Data Source={file}" : $"{server};Database=crmweb_{Guid.NewGuid():N}";
        services = Product.Services(provider, connection, Clock).BuildServiceProvider(validateScopes: true);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        await provider.MigrateAsync(db, CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("test");
        await scope.ServiceProvider.GetRequiredService<FirstRows>().AddAsync(CancellationToken.None);
    }

    /// <summary>A scope of work of the product itself.</summary>
    public TestScope AsSystem()
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("test");
        return new(scope);
    }

    /// <summary>A scope of work of a user.</summary>
    public async Task<TestScope> AsAsync(User user)
    {
        var scope = Services.CreateAsyncScope();
        var profile = await scope.ServiceProvider.GetRequiredService<IUserProfiles>().FindAsync(user.Id, CancellationToken.None);
        scope.ServiceProvider.GetRequiredService<Actor>().ActAs(profile!, "test");
        return new(scope);
    }

    /// <summary>A user with built-in roles, in a team.</summary>
    public async Task<User> AddUserAsync(string name, Team? team, params string[] roles)
    {
        await using var scope = AsSystem();
        var user = new User { Name = name, Email = $"{Guid.NewGuid():N}@test.example" };
        scope.Repository<User>().Add(user);
        user.SetHomeTeam(team?.Id);
        user.SetRoles(await scope.Db.Set<Role>().Where(r => roles.Contains(r.BuiltIn)).Select(r => r.Id).ToListAsync());
        await scope.Get<IUnitOfWork>().SaveAsync(CancellationToken.None);
        return user;
    }

    public async Task<Team> AddTeamAsync(string name, Team? parent = null)
    {
        await using var scope = AsSystem();
        var team = new Team { Name = name, ParentId = parent?.Id };
        scope.Repository<Team>().Add(team);
        await scope.Get<IUnitOfWork>().SaveAsync(CancellationToken.None);
        return team;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await using var scope = Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CrmDb>().Database.EnsureDeletedAsync();
        }
        await services!.DisposeAsync();
        SqliteConnection.ClearAllPools();
        foreach (var path in new[] { file, file + "-wal", file + "-shm" })
            File.Delete(path);
    }
}

public sealed class TestScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public CrmDb Db => Get<CrmDb>();

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public IRepository<T> Repository<T>() where T : Domain.Common.Record => Get<IRepository<T>>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}

public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
