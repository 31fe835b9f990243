using CrmWeb.Data.Common;
using CrmWeb.Data.SqlServer;
using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.TSql;

/// <summary>The product on SQL Server, without the server: what it sends is kept, what it gets is made up.</summary>
public sealed class ServerlessProduct : IAsyncDisposable
{
    private static readonly TestClock Clock = new(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly ServiceProvider services;

    public ServerlessProduct()
    {
        services = Product.Services(new SqlServerProvider(), "Server=none;Database=silent", Clock)
            .ConfigureDbContext<CrmDb>(db => db.AddInterceptors(Server).ConfigureWarnings(w => w.Throw(
                RelationalEventId.QueryPossibleUnintendedUseOfEqualsWarning, RelationalEventId.MultipleCollectionIncludeWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning)))
            .BuildServiceProvider(validateScopes: true);
        using var scope = services.CreateScope();
        Server.Model = scope.ServiceProvider.GetRequiredService<CrmDb>().Model;
    }

    public SilentServer Server { get; } = new();

    public RecordCatalogue Catalogue => new(services.GetServices<RecordType>());

    /// <summary>Work of a user who may do everything with the records of a scope, each time when what the product kept in memory is forgotten.</summary>
    public TestScope As(Scope scope)
    {
        Clock.Now += TimeSpan.FromMinutes(2);
        var role = new Role { Grants = [.. from t in Catalogue.Types.Select(t => t.Name).Union(BuiltInRoles.Types) from a in Enum.GetValues<RecordAction>() select new Grant(t, a, scope)], Rights = Enum.GetValues<SpecialRight>() };
        var work = services.CreateAsyncScope();
        var access = new AccessRights(SilentReader.Id + 1, homeTeamId: 31, teams: [31, 32], subtree: [31, 32, 33], [role]);
        work.ServiceProvider.GetRequiredService<Actor>().ActAs(new(access.UserId, "Ana", "ana@x.example", AccessVersion: 1, access, Habits.Neutral), "test");
        return new(work);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
