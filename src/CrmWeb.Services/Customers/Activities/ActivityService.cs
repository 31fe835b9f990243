using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What users do with activities: write down what happened, promise, complete, see what is due.</summary>
public interface IActivityService
{
    /// <summary>Writes down something with a customer, and its next step in the same save.</summary>
    /// <exception cref="RuleException">With everything that is wrong, each beside its property.</exception>
    Task<long> LogAsync(LogActivity input, CancellationToken ct);

    /// <summary>Done, or held. Doing it twice changes nothing.</summary>
    Task CompleteAsync(long id, CancellationToken ct);

    /// <summary>Open again.</summary>
    Task ReopenAsync(long id, CancellationToken ct);

    /// <summary>Another day for what is still open.</summary>
    Task PostponeAsync(long id, DateOnly dueOn, CancellationToken ct);

    /// <summary>What the user has to do, first what is late: promises before tasks of the same day.</summary>
    Task<IReadOnlyList<DueActivity>> DueAsync(int limit, CancellationToken ct);
}

/// <summary>What the composer takes.</summary>
/// <param name="StartAt">UTC; null is now for what happened and no time for what is planned.</param>
/// <param name="NextStep">Subject of the task that follows.</param>
public sealed record LogActivity(
    ActivityKind Kind, long? CustomerId, long? ContactId, string? Subject, string? Body, DateTime? StartAt = null, DateOnly? DueOn = null, int? DurationMinutes = null,
    ActivityOutcome? Outcome = null, Direction? Direction = null, Mood? Mood = null, string? Place = null, bool IsPromise = false, bool IsPrivate = false,
    long? AssigneeId = null, string? NextStep = null, DateOnly? NextStepOn = null);

/// <summary>Something to do.</summary>
public sealed record DueActivity(
    long Id, Guid Version, ActivityKind Kind, string Subject, bool IsPromise, DateOnly? DueOn, DateTime? StartAt, long? CustomerId, string? Customer, long? ContactId, string? Contact, string? Phone);

internal sealed class ActivityService(
    IRepository<Activity> activities, IUnitOfWork work, RecordCatalogue catalogue, RecordChecks checks, ICurrentUser user, TimeProvider clock) : IActivityService
{
    private const int LongestSubject = 200;

    public async Task<long> LogAsync(LogActivity input, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var activity = New(input);
        var references = new FieldValues { ["customer"] = input.CustomerId, ["contact"] = input.ContactId, ["assignee"] = input.AssigneeId };
        var next = NextStep(input);
        Rule.RequireNone([.. activity.Check(), .. NextStepErrors(input, next), .. await checks.ReferencesAsync(catalogue.Of<Activity>(), references, ct)]);

        activity.SetStatus(StatusOf(activity, now), now);
        activities.Add(activity);
        if (next is not null)
        {
            next.SetStatus(ActivityStatus.NotStarted, now);
            activities.Add(next);
        }
        await work.SaveAsync(ct);
        return activity.Id;
    }

    public Task CompleteAsync(long id, CancellationToken ct) => ChangeAsync(id, a => { if (a.IsOpen) a.Complete(clock.GetUtcNow().UtcDateTime); }, ct);

    public Task ReopenAsync(long id, CancellationToken ct) => ChangeAsync(id, a => a.Reopen(clock.GetUtcNow().UtcDateTime), ct);

    public Task PostponeAsync(long id, DateOnly dueOn, CancellationToken ct) => ChangeAsync(id, a =>
    {
        Rule.Require(a.IsOpen, "Activity.IsClosed");
        Rule.Require(dueOn >= user.Habits.Today(clock), "Activity.DayIsPast", nameof(Activity.DueOn), dueOn);
        a.DueOn = dueOn;
    }, ct);

    public async Task<IReadOnlyList<DueActivity>> DueAsync(int limit, CancellationToken ct)
    {
        var (me, until) = (user.Id, user.Habits.Today(clock).AddDays(7));
        var mine = activities.Query().Open.Where(a => a.AssigneeId == me);
        // Two queries, so that each follows the index of a person's work list and stops at the limit.
        var dated = await Rows(mine.Where(a => a.DueOn <= until).OrderBy(a => a.DueOn).ThenByDescending(a => a.IsPromise).ThenBy(a => a.Id)).Take(limit).ToListAsync(ct);
        var undated = dated.Count == limit ? []
            : await Rows(mine.Where(a => a.DueOn == null).OrderByDescending(a => a.IsPromise).ThenBy(a => a.Id)).Take(limit - dated.Count).ToListAsync(ct);
        return [.. dated, .. undated];
    }

    private static IQueryable<DueActivity> Rows(IQueryable<Activity> activities) => activities
        .Select(a => new DueActivity(a.Id, a.Version, a.Kind, a.Subject, a.IsPromise, a.DueOn, a.StartAt, a.CustomerId, a.Customer!.Name, a.ContactId, a.Contact!.FullName, a.Contact!.Phone ?? a.Customer!.Phone));

    private async Task ChangeAsync(long id, Action<Activity> change, CancellationToken ct)
    {
        var activity = await activities.GetAsync(id, RecordAction.Edit, ct);
        change(activity);
        await work.SaveAsync(ct);
    }

    private Activity New(LogActivity input) => new()
    {
        Kind = input.Kind,
        Subject = SubjectOf(input),
        Body = input.Body,
        CustomerId = input.CustomerId,
        ContactId = input.ContactId,
        AssigneeId = input.AssigneeId ?? user.Id,
        StartAt = input.StartAt,
        DueOn = input.DueOn,
        DurationMinutes = input.DurationMinutes,
        Outcome = input.Outcome,
        Direction = input.Direction,
        Mood = input.Mood,
        Place = input.Place,
        IsPromise = input.IsPromise,
        IsPrivate = input.IsPrivate,
    };

    /// <summary>A note or a call needs no title: its first line is one.</summary>
    private static string SubjectOf(LogActivity input)
    {
        var text = string.IsNullOrWhiteSpace(input.Subject) ? input.Body?.Trim().Split('\n')[0].Trim() ?? "" : input.Subject.Trim();
        return text.Length <= LongestSubject || !string.IsNullOrWhiteSpace(input.Subject) ? text : text[..(LongestSubject - 1)].TrimEnd() + "…";
    }

    /// <summary>What is planned for later stays open; everything else that people write down has happened.</summary>
    private static ActivityStatus StatusOf(Activity activity, DateTime now) => activity.Kind switch
    {
        ActivityKind.Task => ActivityStatus.NotStarted,
        ActivityKind.Call or ActivityKind.Meeting or ActivityKind.Visit => activity.StartAt > now || (activity.StartAt is null && activity.DueOn is not null) ? ActivityStatus.Planned : ActivityStatus.Held,
        _ => ActivityStatus.Done,
    };

    private Activity? NextStep(LogActivity input) => string.IsNullOrWhiteSpace(input.NextStep) ? null : new()
    {
        Kind = ActivityKind.Task,
        Subject = input.NextStep,
        CustomerId = input.CustomerId,
        ContactId = input.ContactId,
        AssigneeId = user.Id,
        DueOn = input.NextStepOn,
    };

    private static IEnumerable<Broken> NextStepErrors(LogActivity input, Activity? next)
    {
        if (next?.Subject.Length > LongestSubject)
            yield return new("Error.TooLong", nameof(input.NextStep), LongestSubject);
        if (next is null && input.NextStepOn is not null)
            yield return new("Activity.NextStepNeedsText", nameof(input.NextStep));
    }
}
