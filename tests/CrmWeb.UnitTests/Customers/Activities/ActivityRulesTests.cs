using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;

namespace CrmWeb.UnitTests.Customers;

/// <summary>What must hold between the fields of an activity, and the life of each kind.</summary>
public sealed class ActivityRulesTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, Action<Activity>> Faults = new(StringComparer.Ordinal)
    {
        ["Subject Error.Required"] = a => a.Subject = " ",
        ["EndAt Activity.EndsBeforeStart"] = a => a.EndAt = a.StartAt!.Value.AddMinutes(-1),
        ["DueOn Activity.PromiseNeedsDay"] = a => a.DueOn = null,
        ["CustomerId Activity.PromiseNeedsCustomer"] = a => a.CustomerId = null,
        ["IsPrivate Activity.OnlyNotesArePrivate"] = a => (a.IsPromise, a.IsPrivate) = (false, true),
        ["Url Error.Url"] = a => a.Url = "javascript:alert(1)",
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_said_beside_its_field(string fault)
    {
        var activity = Promise();
        Faults[fault](activity);

        var broken = Assert.Single(activity.Check());

        Assert.Equal(fault, $"{broken.Property} {broken.Text}");
    }

    [Fact]
    public void A_promise_is_never_private()
    {
        var promise = Promise();
        (promise.Kind, promise.IsPrivate) = (ActivityKind.Note, true);

        Assert.Equal("Activity.PromiseIsShared", Assert.Single(promise.Check()).Text);
    }

    [Theory]
    [InlineData(ActivityKind.Task, "NotStarted InProgress Done Cancelled Deferred")]
    [InlineData(ActivityKind.Call, "Planned Held NotHeld")]
    [InlineData(ActivityKind.Meeting, "Planned Held NotHeld")]
    [InlineData(ActivityKind.Visit, "Planned Held NotHeld")]
    [InlineData(ActivityKind.Note, "Done")]
    [InlineData(ActivityKind.Email, "Done")]
    public void Each_kind_has_a_life_of_its_own(ActivityKind kind, string statuses)
    {
        var taken = Enum.GetValues<ActivityStatus>().Where(s => Takes(kind, s)).Order();

        Assert.Equal(statuses.Split(' ').Select(Enum.Parse<ActivityStatus>).Order(), taken);
    }

    [Fact]
    public void What_is_completed_has_its_moment_once_and_loses_it_when_it_is_open_again()
    {
        var task = new Activity { Kind = ActivityKind.Task, Subject = "Call back" };
        task.Complete(Now);
        task.Complete(Now.AddDays(1));
        Assert.Equal((ActivityStatus.Done, Now), (task.Status, task.ClosedAt));

        task.Reopen(Now);

        Assert.Equal((ActivityStatus.NotStarted, null), (task.Status, task.ClosedAt));
        Assert.Throws<RuleException>(() => task.Reopen(Now));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_promise_is_kept_on_its_day_and_broken_after_it(int daysLate, bool isKept)
    {
        var promise = Promise();
        promise.Complete(Now);
        promise.StampClosedOn(promise.DueOn!.Value.AddDays(daysLate));

        Assert.Equal(isKept, ActivityRules.WasKept(promise));
    }

    [Fact]
    public void One_that_is_open_or_was_called_off_is_neither_kept_nor_broken()
    {
        var promise = Promise();
        Assert.Null(ActivityRules.WasKept(promise));

        promise.SetStatus(ActivityStatus.Cancelled, Now);

        Assert.Null(ActivityRules.WasKept(promise));
    }

    private static bool Takes(ActivityKind kind, ActivityStatus status)
    {
        try
        {
            new Activity { Kind = kind }.SetStatus(status, Now);
            return true;
        }
        catch (RuleException)
        {
            return false;
        }
    }

    private static Activity Promise() => new() { Kind = ActivityKind.Task, Subject = "Send the offer", IsPromise = true, CustomerId = 1, DueOn = new(2026, 3, 4), StartAt = Now, EndAt = Now.AddHours(1) };
}
