using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What a colleague must know before he talks to the customer: at most four lines, worst first.</summary>
internal static class BriefRules
{
    private const int MostLines = 4, QuietDays = 30, MoodDays = 30;

    public static IReadOnlyList<BriefLine> Lines(
        Customer customer, CustomerFigures figures, IReadOnlyList<OpenRow> open, IReadOnlyList<TouchRow> touches, IReadOnlyList<PersonRow> people, DateOnly today, DateTime now) =>
        [.. All(customer, figures, open, touches, people, today, now).OrderBy(l => l.Kind).Take(MostLines)];

    private static IEnumerable<BriefLine> All(
        Customer customer, CustomerFigures figures, IReadOnlyList<OpenRow> open, IReadOnlyList<TouchRow> touches, IReadOnlyList<PersonRow> people, DateOnly today, DateTime now)
    {
        if (open.FirstOrDefault(o => o.IsPromise && o.Row.DueOn < today) is { } promise)
            yield return new(BriefKind.PromiseLate, promise.Row.DueOn, today.DayNumber - promise.Row.DueOn!.Value.DayNumber, promise.Row.Subject, promise.Row.Id);
        if (open.FirstOrDefault(o => !o.IsPromise && o.Row.DueOn < today) is { } task)
            yield return new(BriefKind.TaskLate, task.Row.DueOn, today.DayNumber - task.Row.DueOn!.Value.DayNumber, task.Row.Subject, task.Row.Id);
        if (customer.Lifecycle is Domain.Customers.Lifecycle.AtRisk or Domain.Customers.Lifecycle.Lost)
            yield return new(customer.Lifecycle == Domain.Customers.Lifecycle.Lost ? BriefKind.Lost : BriefKind.AtRisk, customer.LifecycleAt is { } at ? DateOnly.FromDateTime(at) : null);
        if (touches.FirstOrDefault(t => t.Mood == Mood.Bad && t.At > now.AddDays(-MoodDays)) is { } bad)
            yield return new(BriefKind.BadMood, DateOnly.FromDateTime(bad.At), Text: bad.Subject);
        if (customer.ContactRule is { } rule)
            yield return new(BriefKind.ContactRule, Text: rule);
        if (people.Count(p => p.DoNotCall) is > 0 and var silent)
            yield return new(BriefKind.DoNotCall, Count: silent, Text: people.First(p => p.DoNotCall).Name);
        if (figures is { Touches: 0, OpenActivities: 0 })
            yield return new(BriefKind.NewCustomer);
        else if (open.Count == 0 && customer.Lifecycle != Domain.Customers.Lifecycle.Lost)
            yield return new(BriefKind.NoNextStep);
        if (figures.LastTouchAt is { } last && now - last > TimeSpan.FromDays(QuietDays))
            yield return new(BriefKind.Quiet, DateOnly.FromDateTime(last), (int)(now - last).TotalDays);
    }
}
