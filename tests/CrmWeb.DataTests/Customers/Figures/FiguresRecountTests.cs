using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

public sealed class FiguresRecountTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task What_saves_have_counted_needs_no_repair_and_what_was_broken_is_right_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scope = database.AsSystem();
        var id = await scope.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Halden Robotics AB" }, ct);
        await AddAsync(scope, id, ActivityKind.Call, "First talk", done: true);
        await AddAsync(scope, id, ActivityKind.Task, "Send the offer", done: false);
        var counted = await FiguresAsync(scope, id, ct);

        Assert.Equal(0, await RepairedAsync(scope, ct));
        await scope.Db.Set<CustomerFigures>().Where(f => f.CustomerId == id)
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.OpenActivities, 17).SetProperty(f => f.NextStep, "Something else").SetProperty(f => f.Touches, 0), ct);

        Assert.Equal(1, await RepairedAsync(scope, ct));
        var repaired = await FiguresAsync(scope, id, ct);
        Assert.Equal((1, "Send the offer", 1), (repaired.OpenActivities, repaired.NextStep, repaired.Touches));
        Assert.Equivalent(counted, repaired, strict: true);
    }

    private async Task AddAsync(TestScope scope, long customer, ActivityKind kind, string subject, bool done)
    {
        var activity = new Activity { Kind = kind, Subject = subject, CustomerId = customer, DueOn = new(2026, 3, 9) };
        activity.SetStatus(ActivityRules.StatusesOf(kind)[0], database.Clock.Now.UtcDateTime);
        if (done)
            activity.Complete(database.Clock.Now.UtcDateTime);
        scope.Repository<Activity>().Add(activity);
        await scope.Get<IUnitOfWork>().SaveAsync(TestContext.Current.CancellationToken);
    }

    private static Task<CustomerFigures> FiguresAsync(TestScope scope, long customer, CancellationToken ct) =>
        scope.Db.Set<CustomerFigures>().AsNoTracking().SingleAsync(f => f.CustomerId == customer, ct);

    private static async Task<int> RepairedAsync(TestScope scope, CancellationToken ct)
    {
        scope.Get<IUnitOfWork>().Forget();
        return (await scope.Get<IFigures>().RecountAsync(0, 50, ct))!.Repaired;
    }
}
