using System.Diagnostics.Metrics;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.Extensions.Caching.Memory;

namespace CrmWeb.DataTests.Common;

/// <summary>What one user made the database layer work out, the next one gets for nothing: scopes reach SQL as parameters.</summary>
[Collection(nameof(QueryCacheTests))]
public sealed class QueryCacheTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Types = ["Customer", "Contact", "Activity"];

    [Theory]
    [InlineData(Scope.Own)]
    [InlineData(Scope.Team)]
    [InlineData(Scope.Subtree)]
    [InlineData(Scope.All)]
    public async Task The_second_users_list_and_search_are_compiled_already(Scope scope)
    {
        var top = await database.AddTeamAsync("Top");
        var first = await UserAsync(scope, top);
        var second = await UserAsync(scope, await database.AddTeamAsync("Below", top));
        await ShareAsync(first, count: 1);
        await ShareAsync(second, count: 3);
        using var meter = new CacheMeter();
        using var cache = new MemoryCache(new MemoryCacheOptions()); // its own: what other tests left does not count
        var process = database.Another(db => db.UseMemoryCache(cache));

        var before = meter.Misses;
        await ReadAsync(first, process);
        var compiled = meter.Misses;
        await ReadAsync(second, process);

        Assert.True(compiled > before, "nothing was compiled for the first");
        Assert.Equal(compiled, meter.Misses);
        Assert.True(meter.Hits > 0, "the second asked for nothing");
    }

    private Task<User> UserAsync(Scope scope, Team team) =>
        database.AddUserWithAsync("Ana", team, [.. Types.Select(t => new Grant(t, RecordAction.View, scope))]);

    private async Task ShareAsync(User user, int count)
    {
        await using var scope = database.AsSystem();
        for (var i = 0; i < count; i++)
            scope.Db.Add(new CustomerShare((await scope.AddAsync(new Customer { Name = "Ovik" })).Id, user.Id, isTeam: false));
        await scope.SaveAsync();
    }

    private async Task ReadAsync(User user, IServiceProvider process)
    {
        await using var scope = await database.AsAsync(user, process);
        foreach (var name in Types)
        {
            var type = scope.Get<RecordCatalogue>()[name];
            var query = ListQuery.Parse(type, [new("f.createdAt.last", "30"), new("sort", "createdAt"), new("after", PageToken.Of("2026-03-02T09:00:00Z", user.Id))]);
            await scope.Get<IListService>().ReadAsync(type, query, TestContext.Current.CancellationToken);
            await scope.Get<IListService>().TotalsAsync(type, query, TestContext.Current.CancellationToken);
        }
        await scope.Get<ISearchService>().FindAsync(user.Id % 2 == 0 ? "halden" : "tranvik", 8, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads EF's own meter. It counts for the whole process: no other test runs beside this one.</summary>
    private sealed class CacheMeter : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly Dictionary<string, long> values = new(StringComparer.Ordinal);

        public CacheMeter()
        {
            listener.InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == "Microsoft.EntityFrameworkCore" && instrument.Name.Contains("compiled_query_cache", StringComparison.Ordinal))
                    own.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name] = value);
            listener.Start();
        }

        public long Hits => Read("microsoft.entityframeworkcore.compiled_query_cache_hits");
        public long Misses => Read("microsoft.entityframeworkcore.compiled_query_cache_misses");

        public void Dispose() => listener.Dispose();

        private long Read(string name)
        {
            listener.RecordObservableInstruments();
            return values.GetValueOrDefault(name);
        }
    }
}

/// <summary>Tests that count what the whole process does run alone.</summary>
[CollectionDefinition(nameof(QueryCacheTests), DisableParallelization = true)]
public sealed class Alone;
