using Microsoft.EntityFrameworkCore.Design;

namespace CrmWeb.Data.Sqlite;

/// <summary>Lets the migration tools see the model without the web application.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CrmDb>
{
    public CrmDb CreateDbContext(string[] args)
    {
        var (provider, options) = (new SqliteProvider(), new DbContextOptionsBuilder<CrmDb>());
        provider.Use(options, "Data Source=design.db");
        return new(options.Options, provider);
    }
}
