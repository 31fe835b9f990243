using CrmWeb.Data.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

/// <summary>The figures of all customers, counted from what lies there, in the plainest way.</summary>
internal static class Recount
{
    public static async Task<IReadOnlyList<string>> ExpectedAsync(CrmDb db, DateTime now)
    {
        var contacts = await db.Set<Contact>().AsNoTracking().Where(c => c.DeletedAt == null).ToListAsync();
        var activities = await db.Set<Activity>().AsNoTracking().Where(a => a.DeletedAt == null).ToListAsync();
        var customers = await db.Set<Customer>().AsNoTracking().OrderBy(c => c.Id).Select(c => new { c.Id, c.OwnerId }).ToListAsync();
        return [.. customers.Select(one => Text(Of(one.Id, one.OwnerId, [.. activities.Where(a => a.CustomerId == one.Id)], contacts.Count(c => c.CustomerId == one.Id), now)))];
    }

    public static async Task<IReadOnlyList<string>> StoredAsync(CrmDb db) =>
        [.. (await db.Set<CustomerFigures>().AsNoTracking().OrderBy(f => f.CustomerId).ToListAsync()).Select(Text)];

    private static CustomerFigures Of(long customer, long? owner, IReadOnlyList<Activity> activities, int contacts, DateTime now)
    {
        var shared = activities.Where(a => !a.IsPrivate).ToList(); // what its author alone may see is in no figure
        var touches = shared.Where(a => a.Status is ActivityStatus.Done or ActivityStatus.Held && a.Kind != ActivityKind.Task).ToList();
        var last = touches.Where(a => At(a) <= now).OrderBy(At).ThenBy(a => a.Id).LastOrDefault();
        var open = shared.Where(a => a.ClosedAt is null).ToList();
        var next = open.OrderBy(a => a.DueOn is null).ThenBy(a => a.DueOn).ThenBy(a => a.Id).FirstOrDefault();
        var promises = shared.Where(a => a.IsPromise).ToList();
        var ended = promises.Where(a => a.ClosedAt is not null && a.Status != ActivityStatus.Cancelled).ToList();
        return new()
        {
            CustomerId = customer,
            OwnerId = owner,
            Contacts = contacts,
            Touches = touches.Count,
            LastTouchAt = last is null ? null : At(last),
            LastTouchKind = last?.Kind,
            LastTouchById = last is null ? null : last.AssigneeId ?? last.CreatedById,
            NextStepId = next?.Id,
            NextStepOn = next?.DueOn,
            NextStep = next?.Subject,
            OpenActivities = open.Count,
            OpenPromises = promises.Count(a => a.ClosedAt is null),
            NextPromiseOn = promises.Where(a => a.ClosedAt is null).Min(a => a.DueOn),
            KeptPromises = ended.Count(a => a.DueOn is null || DateOnly.FromDateTime(a.ClosedAt!.Value) <= a.DueOn),
            BrokenPromises = ended.Count(a => a.DueOn is not null && DateOnly.FromDateTime(a.ClosedAt!.Value) > a.DueOn),
        };
    }

    private static DateTime At(Activity touch) => touch.StartAt ?? touch.ClosedAt ?? touch.CreatedAt;

    private static string Text(CustomerFigures figures) => System.Text.Json.JsonSerializer.Serialize(figures);
}
