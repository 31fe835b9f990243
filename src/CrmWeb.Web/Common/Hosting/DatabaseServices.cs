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
        /// <exception cref="ConfigurationException">The provider is unknown, or SQL Server lacks a connection string.</exception>
        public IServiceCollection AddDatabase(IConfiguration configuration, SiteOptions site)
        {
            var (provider, connection) = (configuration["Database:Provider"] ?? "Sqlite", configuration["Database:ConnectionString"]);
            return provider switch
            {
                "Sqlite" => services.AddData(new SqliteProvider(), connection ?? $"Data Source={Path.Combine(site.DataPath, site.IsDemo ? "demo.db" : "crm.db")}"),
                "SqlServer" when connection is { Length: > 0 } => services.AddData(new SqlServerProvider(), connection),
                "SqlServer" => throw new ConfigurationException("Database:ConnectionString is missing: SQL Server needs one."),
                _ => throw new ConfigurationException($"Database:Provider is \"{provider}\"; it can be Sqlite or SqlServer."),
            };
        }
    }

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
