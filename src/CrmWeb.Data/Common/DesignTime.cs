using CrmWeb.Data.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

/// <summary>The model for the migration tools, without the web application. Identity takes the shape of its tables from its options.</summary>
public static class DesignTime
{
    public static CrmDb Create(IDatabaseProvider provider, string connection)
    {
        var options = new DbContextOptionsBuilder<CrmDb>();
        provider.Use(options, connection);
        options.UseApplicationServiceProvider(new ServiceCollection().Configure<IdentityOptions>(PeopleServices.Tables).BuildServiceProvider());
        return new(options.Options, provider);
    }
}
