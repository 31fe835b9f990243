using System.Linq.Expressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

/// <summary>An activity as far as figures need it. Moments are UTC.</summary>
internal sealed record CountedActivity(
    long Id, long CustomerId, ActivityKind Kind, ActivityStatus Status, DateTime? StartAt, DateTime? ClosedAt, DateOnly? ClosedOn, DateOnly? DueOn,
    DateTime CreatedAt,
    string Subject, bool IsPromise, long? AssigneeId, long? CreatedById)
{
    // As the activity itself says it.
    public bool IsOpen => ClosedAt is null;
    public bool IsTouch => Status is ActivityStatus.Done or ActivityStatus.Held && Kind != ActivityKind.Task;
    public bool? WasKept => ActivityRules.WasKept(IsPromise, Status, ClosedOn, DueOn);
    public DateTime At => StartAt ?? ClosedAt ?? CreatedAt;
}

/// <summary>The figures of a customer, counted from its records.</summary>
internal static class FiguresCount
{
    public static Expression<Func<Activity, CountedActivity>> Needed { get; } = a => new(
        a.Id, a.CustomerId ?? 0L, a.Kind, a.Status, a.StartAt, a.ClosedAt, a.ClosedOn, a.DueOn, a.CreatedAt, a.Subject, a.IsPromise, a.AssigneeId, a.CreatedById);

    /// <param name="activities">In the order of their ids.</param>
    /// <param name="now">UTC; what lies ahead is no touch yet.</param>
    public static CustomerFigures Of(long customer, long? owner, int contacts, IEnumerable<CountedActivity> activities, DateTime now)
    {
        var all = activities.ToList();
        var open = all.Where(a => a.IsOpen).ToList();
        var last = all.Where(a => a.IsTouch && a.At <= now).MaxBy(a => (a.At, a.Id));
        var figures = new CustomerFigures
        {
            CustomerId = customer,
            OwnerId = owner,
            Contacts = contacts,
            OpenActivities = open.Count,
            OpenPromises = open.Count(a => a.IsPromise),
            KeptPromises = all.Count(a => a.WasKept == true),
            BrokenPromises = all.Count(a => a.WasKept == false),
            Touches = all.Count(a => a.IsTouch),
            LastTouchAt = last?.At,
            LastTouchKind = last?.Kind,
            LastTouchById = last is null ? null : last.AssigneeId ?? last.CreatedById,
        };
        FiguresEffects.FindNext(figures, open.Select(a => new OpenStep(a.Id, customer, a.DueOn, a.Subject, a.IsPromise, IsPrivate: false)));
        return figures;
    }

    public static bool Same(CustomerFigures a, CustomerFigures b) => Values(a).Equals(Values(b));

    private static object Values(CustomerFigures f) =>
        (f.LastTouchAt, f.LastTouchKind, f.LastTouchById, f.Touches, f.NextStepId, f.NextStepOn, f.NextStep,
            (f.OpenActivities, f.OpenPromises, f.NextPromiseOn, f.KeptPromises, f.BrokenPromises, f.Contacts, f.OwnerId));
}
