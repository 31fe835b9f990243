using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>Keeps the figures of customers up with each save, by differences; the nightly recount proves them.</summary>
internal static class FiguresEffects
{
    /// <summary>Customers whose figures a save may change.</summary>
    public static IEnumerable<long> Customers(IEnumerable<Change> changes) => changes
        .SelectMany(c => new[] { CustomerOf(c.Before), CustomerOf(c.Record) })
        .OfType<long>().Distinct();

    public static void Apply(IReadOnlyList<Change> changes, SaveFacts facts, IEnumerable<CustomerFigures> fresh)
    {
        var figures = new Dictionary<long, CustomerFigures>(facts.Lookups.Figures);
        foreach (var one in fresh)
            figures.TryAdd(one.CustomerId, one);

        foreach (var change in changes)
        {
            if (Stored(change.Before) is { } before && figures.TryGetValue(CustomerOf(before) ?? 0, out var old))
                Count(old, before, -1, facts);
            if (Stored(change.Record) is { } after && figures.TryGetValue(CustomerOf(after) ?? 0, out var now))
                Count(now, after, +1, facts);
        }

        foreach (var (customer, stored) in facts.Lookups.Touches)
        {
            var own = changes.Select(c => Stored(c.Record)).OfType<Activity>().Where(a => a.CustomerId == customer && Counts(a)).Select(a => new LastTouch(a.Id, a.HappenedAt, a.Kind, ActorOf(a, facts)));
            var last = stored.Concat(own).Where(t => t.At <= facts.Now).OrderBy(t => t.At).ThenBy(t => t.Id).LastOrDefault();
            var one = figures[customer];
            (one.LastTouchAt, one.LastTouchKind, one.LastTouchById) = (last?.At, last?.Kind, last?.ById);
        }

        var open = changes.Select(c => Stored(c.Record)).OfType<Activity>().Where(a => a.IsOpen && a.CustomerId is not null)
            .Select(a => new OpenStep(a.Id, a.CustomerId!.Value, a.DueOn, a.Subject, a.IsPromise, a.IsPrivate)).ToLookup(s => s.CustomerId);
        foreach (var customer in Customers(changes.Where(c => c.Record is Activity)))
        {
            if (figures.TryGetValue(customer, out var one))
                FindNext(one, facts.Lookups.OpenActivities[customer].Concat(open[customer]));
        }
    }

    /// <summary>The step and the promise that are due first.</summary>
    public static void FindNext(CustomerFigures figures, IEnumerable<OpenStep> open)
    {
        var steps = open.Where(s => !s.IsPrivate).ToList();
        var next = steps.OrderBy(s => s.DueOn ?? DateOnly.MaxValue).ThenBy(s => s.Id).FirstOrDefault();
        (figures.NextStepId, figures.NextStepOn, figures.NextStep) = (next?.Id, next?.DueOn, next?.Subject);
        figures.NextPromiseOn = steps.Where(s => s.IsPromise).Min(s => s.DueOn);
    }

    private static void Count(CustomerFigures figures, Record record, int sign, SaveFacts facts)
    {
        switch (record)
        {
            case Contact:
                figures.Contacts += sign;
                break;
            case Activity { IsPrivate: false } activity: // what its author alone may see is in no figure
                figures.OpenActivities += activity.IsOpen ? sign : 0;
                figures.OpenPromises += activity is { IsOpen: true, IsPromise: true } ? sign : 0;
                figures.KeptPromises += ActivityRules.WasKept(activity) == true ? sign : 0;
                figures.BrokenPromises += ActivityRules.WasKept(activity) == false ? sign : 0;
                if (activity.IsTouch)
                    Touch(figures, activity, sign, facts);
                break;
        }
    }

    private static void Touch(CustomerFigures figures, Activity touch, int sign, SaveFacts facts)
    {
        figures.Touches += sign;
        var at = touch.HappenedAt;
        if (sign > 0 && at <= facts.Now && (figures.LastTouchAt is not { } last || at >= last))
            (figures.LastTouchAt, figures.LastTouchKind, figures.LastTouchById) = (at, touch.Kind, ActorOf(touch, facts));
    }

    /// <summary>Whether colleagues see the activity as having been in touch.</summary>
    public static bool Counts(Activity activity) => activity is { DeletedAt: null, IsTouch: true, IsPrivate: false };

    private static long? ActorOf(Activity touch, SaveFacts facts) => touch.AssigneeId ?? touch.CreatedById ?? facts.UserId;

    private static Record? Stored(Record? record) => record is { DeletedAt: null } ? record : null;

    private static long? CustomerOf(Record? record) => record switch
    {
        Contact contact => contact.CustomerId,
        Activity activity => activity.CustomerId,
        _ => null,
    };
}
