namespace CrmWeb.Domain.Customers;

/// <summary>What must hold between the fields of an activity, and the life of each kind.</summary>
public static class ActivityRules
{
    private static readonly ActivityStatus[] Task =
        [ActivityStatus.NotStarted, ActivityStatus.InProgress, ActivityStatus.Done, ActivityStatus.Cancelled, ActivityStatus.Deferred];
    private static readonly ActivityStatus[] Talk = [ActivityStatus.Planned, ActivityStatus.Held, ActivityStatus.NotHeld];
    private static readonly ActivityStatus[] Fact = [ActivityStatus.Done];

    /// <summary>The statuses of a kind in the order of its life, the first one being that of a new activity.</summary>
    public static IReadOnlyList<ActivityStatus> StatusesOf(ActivityKind kind) => kind switch
    {
        ActivityKind.Task => Task,
        ActivityKind.Call or ActivityKind.Meeting or ActivityKind.Visit => Talk,
        _ => Fact,
    };

    /// <summary>Whether a promise was kept: done on or before its day. Null while it is open or when it was called off.</summary>
    public static bool? WasKept(Activity promise) => WasKept(promise.IsPromise, promise.Status, promise.ClosedOn, promise.DueOn);

    /// <inheritdoc cref="WasKept(Activity)"/>
    public static bool? WasKept(bool isPromise, ActivityStatus status, DateOnly? closedOn, DateOnly? dueOn) =>
        !isPromise || closedOn is null || status == ActivityStatus.Cancelled ? null : dueOn is null || closedOn <= dueOn;

    internal static IEnumerable<Broken> Check(Activity a)
    {
        if (a.EndAt < a.StartAt)
            yield return new("Activity.EndsBeforeStart", nameof(a.EndAt));
        if (a.IsPromise && a.DueOn is null)
            yield return new("Activity.PromiseNeedsDay", nameof(a.DueOn));
        if (a.IsPromise && a.CustomerId is null)
            yield return new("Activity.PromiseNeedsCustomer", nameof(a.CustomerId));
        if (a.IsPromise && a.IsPrivate)
            yield return new("Activity.PromiseIsShared", nameof(a.IsPrivate));
        if (a.IsPrivate && a.Kind != ActivityKind.Note)
            yield return new("Activity.OnlyNotesArePrivate", nameof(a.IsPrivate));
        if (a.Url is { } url && WebAddress.Normalize(url) is null)
            yield return new("Error.Url", nameof(a.Url), url);
    }
}

/// <summary>The words that lists, pages and counts use for activities.</summary>
public static class ActivityQueries
{
    extension(IQueryable<Activity> activities)
    {
        public IQueryable<Activity> Open => activities.Where(a => a.ClosedAt == null);
        public IQueryable<Activity> Promises => activities.Where(a => a.IsPromise);
    }
}
