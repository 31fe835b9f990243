using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.Automation;

public sealed class OutboxStoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_mail_is_in_one_hand_until_its_lease_is_over_and_a_failed_one_can_begin_anew()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var first = database.AsSystem();
        await using var second = database.AsSystem();
        var outbox = first.Get<IOutboxStore>();
        outbox.Add(new("ana@x.example", "Hello", "Hello"));
        await first.Get<IUnitOfWork>().SaveAsync(ct);

        var claimed = await outbox.ClaimAsync(ct);
        Assert.NotNull(claimed);
        Assert.Null(await second.Get<IOutboxStore>().ClaimAsync(ct));

        for (var i = 0; i < OutboxMessage.MostAttempts; i++)
            claimed.Failed(database.Clock.Now.UtcDateTime, "No.");
        await outbox.EndAsync(claimed, ct);
        Assert.Equal(OutboxState.Failed, Assert.Single(await outbox.PageAsync(state: null, before: null, 10, ct)).State);
        Assert.Empty(await outbox.PageAsync(state: null, before: claimed.Id, 10, ct));

        Assert.True(await outbox.RetryAsync(claimed.Id, ct));
        Assert.False(await outbox.RetryAsync(claimed.Id, ct));
        Assert.Equal((OutboxState.Waiting, 0), ((await outbox.FindAsync(claimed.Id, ct))!.State, (await outbox.FindAsync(claimed.Id, ct))!.Attempts));
    }
}
