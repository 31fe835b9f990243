using Microsoft.EntityFrameworkCore.Design;

namespace CrmWeb.Data.SqlServer;

/// <summary>Lets the migration tools see the model without the web application.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CrmDb>
{
    public CrmDb CreateDbContext(string[] args) => DesignTime.Create(new SqlServerProvider(), "Server=none;Database=design");
}
