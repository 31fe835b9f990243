using CrmWeb.Data;
using CrmWeb.Data.Common;
using CrmWeb.Data.Sqlite;
using CrmWeb.Data.SqlServer;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>Chooses the database by configuration and makes it ready.</summary>
public static class DatabaseServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddDatabase(IConfiguration configuration, SiteOptions site) => services.AddData(
            Provider(configuration)!, configuration.Given("Database:ConnectionString") ?? $"Data Source={Path.Combine(site.DataPath, site.IsDemo ? "demo.db" : "crm.db")}");
    }

    /// <summary>The database that was asked for; null when there is none of that name.</summary>
    public static IDatabaseProvider? Provider(IConfiguration configuration) => configuration.Given("Database:Provider") switch
    {
        null or "Sqlite" => new SqliteProvider(),
        "SqlServer" => new SqlServerProvider(),
        _ => null,
    };

    extension(IServiceProvider services)
    {
        /// <summary>Brings the database to the present model and adds what every database holds.</summary>
        public async Task PrepareDatabaseAsync(CancellationToken ct)
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Actor>().ActAsSystem("start");
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            await db.Provider.MigrateAsync(db, ct);
            await scope.ServiceProvider.GetRequiredService<FirstRows>().AddAsync(ct);
        }
    }
}

/// <summary>The configuration cannot be used; the message names the key and the cure.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
