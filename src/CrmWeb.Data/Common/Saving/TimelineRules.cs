using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>Which line of a customer's history a record or a change of it makes.</summary>
internal static class TimelineRules
{
    /// <summary>The line that stands as long as its source does: a call that was held, a note. It carries the source's id.</summary>
    public static TimelineEntry? StandingEntry(Record? record, SaveFacts facts)
    {
        if (record is not Activity { CustomerId: { } customer, IsOpen: false, DeletedAt: null } activity || activity.Status is ActivityStatus.Cancelled or ActivityStatus.NotHeld)
            return null;

        return new()
        {
            Id = activity.Id,
            CustomerId = customer,
            ContactId = activity.ContactId,
            At = activity.StartAt ?? activity.ClosedAt ?? facts.Now,
            Kind = KindOf(activity),
            ActorId = activity.AssigneeId ?? activity.CreatedById ?? facts.UserId,
            SourceType = nameof(Activity),
            SourceId = activity.Id,
            Title = activity.Subject,
            Excerpt = activity.Body is { } body ? SaveEffects.Cut(body, 400) : null,
            Detail = activity.Outcome?.ToString(),
            OnlyForId = activity.IsPrivate ? activity.CreatedById ?? facts.UserId : null,
        };
    }

    /// <summary>Lines that a change makes once.</summary>
    public static IEnumerable<TimelineEntry> EventEntries(Change change, SaveFacts facts)
    {
        switch (change.Record)
        {
            case Customer customer:
                foreach (var (kind, detail) in OfCustomer(change))
                    yield return Event(kind, customer.Id, contact: null, customer.Name, detail, change, facts);
                break;
            case Contact { CustomerId: { } employer } contact when change.Touches(nameof(Contact.CustomerId)):
                yield return Event(TimelineKind.ContactAdded, employer, contact.Id, contact.Title, detail: null, change, facts);
                break;
            case Attachment { CustomerId: { } owner } file when change.Touches(nameof(Attachment.Hash)):
                yield return Event(TimelineKind.FileAdded, owner, contact: null, file.Name, detail: null, change, facts);
                break;
        }
    }

    private static IEnumerable<(TimelineKind, string?)> OfCustomer(Change change)
    {
        if (change.Kind == ChangeKind.Added)
        {
            yield return (TimelineKind.Created, null);
            yield break;
        }
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Restored)
        {
            yield return (change.Kind == ChangeKind.Deleted ? TimelineKind.Deleted : TimelineKind.Restored, null);
            yield break;
        }
        if (change.Fields.TryGetValue(nameof(Customer.Lifecycle), out var move))
            yield return (TimelineKind.LifecycleMoved, $"{move.Old},{move.New}");
        if (change.Fields.TryGetValue(nameof(Customer.OwnerId), out var owner))
            yield return (TimelineKind.Assigned, $"{owner.Old},{owner.New}");
        var others = change.Fields.Keys.Except([nameof(Customer.Lifecycle), nameof(Customer.LifecycleAt), nameof(Customer.CustomerSince), nameof(Customer.OwnerId), nameof(Customer.OwnerTeamId)]).ToList();
        if (others.Count > 0)
            yield return (TimelineKind.Changed, SaveEffects.Cut(string.Join(',', others), 400));
    }

    private static TimelineKind KindOf(Activity activity) => ActivityRules.WasKept(activity) switch
    {
        true => TimelineKind.PromiseKept,
        false => TimelineKind.PromiseBroken,
        null => activity.Kind switch
        {
            ActivityKind.Call => TimelineKind.Call,
            ActivityKind.Meeting => TimelineKind.Meeting,
            ActivityKind.Email => TimelineKind.Email,
            ActivityKind.Visit => TimelineKind.Visit,
            ActivityKind.Note => TimelineKind.Note,
            _ => TimelineKind.TaskDone,
        },
    };

    private static TimelineEntry Event(TimelineKind kind, long customer, long? contact, string title, string? detail, Change change, SaveFacts facts) => new()
    {
        Id = facts.Supply.NextId(),
        CustomerId = customer,
        ContactId = contact,
        At = facts.AtOf(change),
        Kind = kind,
        ActorId = facts.ByOf(change),
        SourceType = change.Type,
        SourceId = change.Record.Id,
        Title = SaveEffects.Cut(title, 200),
        Detail = detail,
    };
}
