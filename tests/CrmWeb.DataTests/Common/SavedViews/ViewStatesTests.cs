using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common.SavedViews;

/// <summary>Where people left their lists: at once in memory, a little later on disk, for another process too.</summary>
public sealed class ViewStatesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_known_at_once_and_in_another_process_when_it_is_written()
    {
        var states = database.Services.GetRequiredService<IViewStates>();
        await states.KeepAsync(State(901, "all", "f.city.is=Ghent"), Ct);
        await states.KeepAsync(State(901, "mine", null), Ct);

        Assert.Equal("f.city.is=Ghent", (await states.OfAsync(901, Ct)).Single(s => s.View == "all").Query);
        Assert.Empty(await states.OfAsync(902, Ct));
        await states.FlushAsync(Ct);

        Assert.Equal(2, (await Elsewhere().OfAsync(901, Ct)).Count);
    }

    [Fact]
    public async Task The_last_one_is_the_one_that_stays()
    {
        var states = database.Services.GetRequiredService<IViewStates>();
        foreach (var city in new[] { "Ghent", "Bruges", "Ostend" })
        {
            await states.KeepAsync(State(903, "all", $"f.city.is={city}"), Ct);
            await states.FlushAsync(Ct);
        }

        Assert.Equal("f.city.is=Ostend", Assert.Single(await Elsewhere().OfAsync(903, Ct)).Query);
    }

    [Fact]
    public void The_products_own_views_are_written_as_states_are()
    {
        var types = database.Services.GetServices<RecordType>();

        Assert.All(types.SelectMany(t => t.Views, (t, view) => (Type: t, view.Query)), v => Assert.Equal(v.Query, ListState.Of(v.Type, ListQuery.ReadQuery(v.Query))));
    }

    private IViewStates Elsewhere() => database.Another().GetRequiredService<IViewStates>();

    private static ViewState State(long user, string view, string? query) => new() { UserId = user, Type = "Customer", View = view, Query = query, OpenedAt = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc) };
}
