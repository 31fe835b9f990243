using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Lists;

/// <summary>Words for days mean the viewer's own days: his midnight, his first day of the week.</summary>
public sealed class RelativeDatesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    // now is Monday 2 March 09:00 UTC: still Monday in Auckland (22:00) and in Los Angeles (01:00)
    [InlineData("Pacific/Auckland", "en-GB", "f.startAt.is=today", "2026-03-01T11:00:00Z", "2026-03-02T10:59:59Z")]
    [InlineData("America/Los_Angeles", "en-GB", "f.startAt.is=today", "2026-03-02T08:00:00Z", "2026-03-03T07:59:59Z")]
    [InlineData("Asia/Shanghai", "zh-CN", "f.startAt.is=-1d", "2026-02-28T16:00:00Z", "2026-03-01T15:59:59Z")]
    [InlineData("UTC", "en-GB", "f.startAt.in=thisWeek", "2026-03-02T00:00:00Z", "2026-03-08T23:59:59Z")]
    [InlineData("UTC", "en-US", "f.startAt.in=thisWeek", "2026-03-01T00:00:00Z", "2026-03-07T23:59:59Z")]
    [InlineData("America/Los_Angeles", "en-US", "f.startAt.in=lastMonth", "2026-02-01T08:00:00Z", "2026-03-01T07:59:59Z")]
    // the month in which Los Angeles sets its clocks forward: an hour less
    [InlineData("America/Los_Angeles", "en-US", "f.startAt.in=thisMonth", "2026-03-01T08:00:00Z", "2026-04-01T06:59:59Z")]
    [InlineData("Europe/Oslo", "en-GB", "f.startAt.between=2026-02-27..today", "2026-02-26T23:00:00Z", "2026-03-02T22:59:59Z")]
    [InlineData("Pacific/Auckland", "en-GB", "f.startAt.last=1", "2026-02-28T11:00:00Z", "2026-03-02T10:59:59Z")]
    [InlineData("Pacific/Auckland", "en-GB", "f.startAt.next=1", "2026-03-01T11:00:00Z", "2026-03-03T10:59:59Z")]
    public async Task A_period_reaches_from_the_viewers_midnight_to_the_last_moment_before_another(string zone, string format, string filter, string first, string last)
    {
        var viewer = await ViewerAsync(zone, format);
        var (from, to) = (Utc(first), Utc(last));
        var moments = new[] { from.AddTicks(-1), from, to, to.AddSeconds(1) };

        var found = await FoundAsync(viewer, filter, moments);

        Assert.Equal([from, to], found);
    }

    [Theory]
    [InlineData("f.startAt.lt=today", true, false)]
    [InlineData("f.startAt.ge=today", false, true)]
    [InlineData("f.startAt.le=-1d", true, false)]
    [InlineData("f.startAt.gt=-1d", false, true)]
    public async Task Before_and_after_part_at_the_viewers_midnight(string filter, bool before, bool after)
    {
        var viewer = await ViewerAsync("Pacific/Auckland", "en-GB");
        var midnight = Utc("2026-03-01T11:00:00Z");

        var found = await FoundAsync(viewer, filter, midnight.AddTicks(-1), midnight);

        Assert.Equal((before, after), (found.Contains(midnight.AddTicks(-1)), found.Contains(midnight)));
    }

    private async Task<User> ViewerAsync(string zone, string format)
    {
        var viewer = await database.AddUserAsync("Viewer", team: null, BuiltInRoles.Administrator);
        await using var scope = database.AsSystem();
        var user = await scope.Db.Set<User>().AsTracking().SingleAsync(u => u.Id == viewer.Id);
        (user.TimeZone, user.Format) = (zone, format);
        await scope.SaveAsync();
        return user;
    }

    private async Task<IReadOnlyList<DateTime>> FoundAsync(User viewer, string filter, params DateTime[] moments)
    {
        await using var scope = await database.AsAsync(viewer);
        var batch = Guid.NewGuid().ToString("N");
        foreach (var moment in moments)
            await scope.AddAsync(new Activity { Kind = ActivityKind.Call, Subject = batch, StartAt = moment });
        var type = scope.Get<RecordCatalogue>()["Activity"];
        var page = await scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery($"{filter}&f.subject.is={batch}&cols=startAt&sort=startAt")), CancellationToken.None);
        return [.. page.Rows.Select(r => (DateTime)r.Cells[0].Value!)];
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
}
