using CrmWeb.Data.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Automation.Demo;

/// <summary>Figures of customers counted anew from the records, in plain words.</summary>
internal static class Recount
{
    public static async Task<List<string>> OfAllAsync(CrmDb db, CancellationToken ct)
    {
        var activities = (await db.Set<Activity>().AsNoTracking().Where(a => a.CustomerId != null).ToListAsync(ct)).ToLookup(a => a.CustomerId!.Value);
        var contacts = (await db.Set<Contact>().AsNoTracking().Where(c => c.CustomerId != null).ToListAsync(ct)).ToLookup(c => c.CustomerId!.Value);
        return [.. (await db.Set<Customer>().AsNoTracking().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct)).Select(id => Line(id, [.. activities[id]], contacts[id].Count()))];
    }

    public static async Task<List<string>> StoredAsync(CrmDb db, CancellationToken ct) =>
        [.. (await db.Set<CustomerFigures>().AsNoTracking().OrderBy(f => f.CustomerId).ToListAsync(ct)).Select(f => Line(
            f.CustomerId, f.LastTouchAt, f.LastTouchKind, f.LastTouchById, f.Touches, f.NextStepId, f.NextStepOn, f.NextStep, f.OpenActivities, f.OpenPromises, f.NextPromiseOn, f.KeptPromises, f.BrokenPromises, f.Contacts))];

    private static string Line(long id, List<Activity> activities, int contacts)
    {
        var open = activities.Where(a => a.ClosedAt is null).OrderBy(a => a.DueOn ?? DateOnly.MaxValue).ThenBy(a => a.Id).ToList();
        var promises = activities.Where(a => a.IsPromise).ToList();
        var touches = activities.Where(a => a.Status is ActivityStatus.Held || (a.Status is ActivityStatus.Done && a.Kind != ActivityKind.Task)).ToList();
        var last = touches.OrderBy(a => a.StartAt ?? a.ClosedAt).ThenBy(a => a.Id).LastOrDefault();
        var done = promises.Where(p => p.Status == ActivityStatus.Done).ToList();
        return Line(
            id, last?.StartAt ?? last?.ClosedAt, last?.Kind, last?.AssigneeId, touches.Count, open.FirstOrDefault()?.Id, open.FirstOrDefault()?.DueOn, open.FirstOrDefault()?.Subject, open.Count,
            promises.Count(p => p.ClosedAt is null), promises.Where(p => p.ClosedAt is null).Min(p => p.DueOn),
            done.Count(p => DateOnly.FromDateTime(p.ClosedAt!.Value) <= p.DueOn), done.Count(p => DateOnly.FromDateTime(p.ClosedAt!.Value) > p.DueOn), contacts);
    }

    private static string Line(params object?[] figures) => string.Join(" | ", figures);
}
