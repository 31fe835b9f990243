using Microsoft.EntityFrameworkCore.Design;

namespace CrmWeb.Data.SqlServer;

/// <summary>Lets the migration tools see the model without the web application.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CrmDb>
{
    public CrmDb CreateDbContext(string[] args)
    {
        var (provider, options) = (new SqlServerProvider(), new DbContextOptionsBuilder<CrmDb>());
        provider.Use(options, "Server=none;Database=design");
        return new(options.Options, provider);
    }
}
