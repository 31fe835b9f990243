using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Automation;

/// <summary>Background work is in one hand, waits longer after each failure, and is given up after the fifth.</summary>
public sealed class WorkStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_is_in_one_hand_until_its_lease_is_over_and_the_former_hand_can_do_nothing_more()
    {
        await using var database = await TestDatabase.StartAsync();
        await AddAsync(database);
        await using var here = database.AsSystem();
        await using var there = database.AsSystem(database.Another());
        var (mine, theirs) = (here.Get<IWorkStore>(), there.Get<IWorkStore>());

        var first = await mine.ClaimAsync(Ct);
        Assert.Null(await theirs.ClaimAsync(Ct));
        database.Clock.Now += TimeSpan.FromSeconds(50);
        Assert.True(await mine.ProgressAsync(first!, 10, 100, Ct)); // telling it keeps it
        database.Clock.Now += TimeSpan.FromSeconds(50);
        Assert.Null(await theirs.ClaimAsync(Ct));
        database.Clock.Now += TimeSpan.FromSeconds(20);
        var second = await theirs.ClaimAsync(Ct);

        Assert.Equal((first!.Id, 1, 2), (second!.Id, first.Attempt, second.Attempt));
        Assert.False(await mine.ProgressAsync(first, 20, 100, Ct));
        await mine.FinishAsync(first, WorkState.Done, Ct);
        await mine.ReleaseAsync(first, Ct);
        await mine.FailAsync(first, "too late", isFinal: true, Ct);
        var item = await here.Db.Set<WorkItem>().AsNoTracking().SingleAsync(Ct);
        Assert.Equal((WorkState.Running, 10, null, database.Clock.Utc.AddMinutes(1)), (item.State, item.Done, item.Error, item.LeasedUntil!.Value));
    }

    [Fact]
    public async Task Of_many_who_reach_for_it_at_once_one_gets_it()
    {
        await using var database = await TestDatabase.StartAsync();
        await AddAsync(database);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var scope = database.AsSystem();
            return await scope.Get<IWorkStore>().ClaimAsync(Ct);
        }, Ct)));

        Assert.Single(claims, c => c is not null);
    }

    [Fact]
    public async Task After_each_failure_it_waits_twice_as_long_and_after_the_fifth_for_a_person()
    {
        await using var database = await TestDatabase.StartAsync();
        await AddAsync(database);
        await using var scope = database.AsSystem();
        var store = scope.Get<IWorkStore>();

        foreach (var seconds in new[] { 10, 20, 40, 80 })
        {
            Assert.False(await store.FailAsync((await store.ClaimAsync(Ct))!, "IOException", isFinal: false, Ct));
            database.Clock.Now += TimeSpan.FromSeconds(seconds - 1);
            Assert.Null(await store.ClaimAsync(Ct));
            database.Clock.Now += TimeSpan.FromSeconds(1);
        }
        Assert.True(await store.FailAsync((await store.ClaimAsync(Ct))!, "IOException ABCD2345", isFinal: false, Ct));
        database.Clock.Now += TimeSpan.FromDays(1);
        Assert.Null(await store.ClaimAsync(Ct));
        var item = await scope.Db.Set<WorkItem>().AsNoTracking().SingleAsync(Ct);
        Assert.Equal((WorkState.Failed, WorkItem.MostAttempts, "IOException ABCD2345"), (item.State, item.Attempts, item.Error));

        Assert.True(await store.RetryAsync(item.Id, Ct));
        Assert.Equal(1, (await store.ClaimAsync(Ct))!.Attempt);
    }

    [Fact]
    public async Task What_takes_its_worker_down_again_and_again_is_hopeless_unless_it_came_further()
    {
        await using var database = await TestDatabase.StartAsync();
        await AddAsync(database);
        await using var scope = database.AsSystem();
        var store = scope.Get<IWorkStore>();

        var work = await CrashAsync(WorkItem.MostCrashes);
        Assert.False(work.IsHopeless);
        Assert.True(await store.ProgressAsync(work, 10, 100, Ct));
        database.Clock.Now += TimeSpan.FromMinutes(2);
        work = await CrashAsync(WorkItem.MostCrashes - 1);
        Assert.False(work.IsHopeless); // the count began anew at the tenth row
        Assert.True(await store.ProgressAsync(work, 10, 100, Ct)); // no further than before
        await store.ReleaseAsync(work, Ct); // its process was asked to end: no crash
        work = (await store.ClaimAsync(Ct))!;
        Assert.False(work.IsHopeless);
        database.Clock.Now += TimeSpan.FromMinutes(2);
        work = (await store.ClaimAsync(Ct))!;

        Assert.True(work.IsHopeless);
        Assert.True(await store.FailAsync(work, "Crashed", isFinal: true, Ct));
        Assert.True(await store.RetryAsync(work.Id, Ct));
        Assert.False((await store.ClaimAsync(Ct))!.IsHopeless);

        async Task<ClaimedWork> CrashAsync(int claims)
        {
            var last = (await store.ClaimAsync(Ct))!;
            for (var i = 1; i < claims; i++)
            {
                database.Clock.Now += TimeSpan.FromMinutes(2); // nobody told anything
                last = (await store.ClaimAsync(Ct))!;
            }
            return last;
        }
    }

    private static async Task AddAsync(TestDatabase database)
    {
        await using var scope = database.AsSystem();
        scope.Get<IWorkQueue>().Add("test", 7);
        await scope.Get<IUnitOfWork>().SaveAsync(Ct);
    }
}
