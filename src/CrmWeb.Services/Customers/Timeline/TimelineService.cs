using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>The history of a customer or a contact, newest first.</summary>
public interface ITimelineService
{
    /// <param name="before">Place to go on from, as the page before gave it.</param>
    /// <exception cref="RecordNotFoundException">The user may not see the record.</exception>
    Task<TimelinePage> OfCustomerAsync(long id, TimelineFilter filter, string? before, CancellationToken ct);

    /// <inheritdoc cref="OfCustomerAsync"/>
    Task<TimelinePage> OfContactAsync(long id, TimelineFilter filter, string? before, CancellationToken ct);
}

/// <summary>Everything leaves small changes out; they have a filter of their own.</summary>
public enum TimelineFilter { Everything, Conversations, Changes }

/// <param name="Before">Where earlier lines begin; null when there are none.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineLine> Lines, string? Before);

/// <summary>One line. Title and excerpt are null where its source is not the viewer's to see.</summary>
public sealed record TimelineLine(
    long Id, DateTime At, TimelineKind Kind, long? ActorId, string? Actor, long? ContactId, string? Contact, string SourceType, long SourceId, string? Title, string? Excerpt, string? Detail, bool IsPrivate);

internal sealed class TimelineService(
    IRepository<Customer> customers, IRepository<Contact> contacts, IRepository<Activity> activities, IRepository<Attachment> files, IRepository<Domain.Access.User> users, RecordCatalogue catalogue, ICurrentUser user) : ITimelineService
{
    private const int PageSize = 30;

    private static readonly TimelineKind[] Conversations = [TimelineKind.Call, TimelineKind.Meeting, TimelineKind.Email, TimelineKind.Note, TimelineKind.Visit];
    private static readonly TimelineKind[] Changes = [TimelineKind.Changed, TimelineKind.Created, TimelineKind.Imported, TimelineKind.Assigned, TimelineKind.LifecycleMoved, TimelineKind.Deleted, TimelineKind.Restored];

    public Task<TimelinePage> OfCustomerAsync(long id, TimelineFilter filter, string? before, CancellationToken ct) => OfAsync(customers, id, filter, before, ct);

    public Task<TimelinePage> OfContactAsync(long id, TimelineFilter filter, string? before, CancellationToken ct) => OfAsync(contacts, id, filter, before, ct);

    private async Task<TimelinePage> OfAsync<T>(IRepository<T> records, long id, TimelineFilter filter, string? before, CancellationToken ct) where T : Record
    {
        var page = await ReadAsync(records.Parts<TimelineEntry>(id), filter, before, ct);
        if (page.Lines.Count == 0) // nothing happened yet, or it is not his to see
            await records.ReadAsync(id, RecordAction.View, r => r.Id, ct);
        return page;
    }

    private async Task<TimelinePage> ReadAsync(IQueryable<TimelineEntry> entries, TimelineFilter filter, string? before, CancellationToken ct)
    {
        var me = user.Id;
        entries = entries.Where(e => e.OnlyForId == null || e.OnlyForId == me);
        entries = filter switch
        {
            TimelineFilter.Conversations => entries.Where(e => Conversations.Contains(e.Kind)),
            TimelineFilter.Changes => entries.Where(e => Changes.Contains(e.Kind)),
            _ => entries.Where(e => e.Kind != TimelineKind.Changed),
        };
        if (MomentPlace.Read(before) is var (at, id))
            entries = entries.Where(e => e.At < at || (e.At == at && e.Id < id));

        var found = await Lines(entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(PageSize + 1)).ToListAsync(ct);
        return new([.. found.Take(PageSize).Select(Cut)], MomentPlace.Behind(found, PageSize, r => new(r.Line.At, r.Line.Id)));
    }

    /// <summary>The text of a source the viewer may not see stays away, and a change names only fields that are open to him.</summary>
    private TimelineLine Cut(FoundLine found) => Cut(found.IsVisible ? found.Line : found.Line with { Title = null, Excerpt = null });

    private TimelineLine Cut(TimelineLine line) => line is { Kind: TimelineKind.Changed, Detail: { } fields } && catalogue.Find(line.SourceType) is { } type
        ? line with { Detail = string.Join(',', fields.Split(',').Where(f => !type.Hides(f))) }
        : line;

    /// <summary>With the names beside them, all in one query. Whether the source may be seen is asked once a line.</summary>
    private IQueryable<FoundLine> Lines(IQueryable<TimelineEntry> entries)
    {
        var (people, colleagues, acts, persons, papers) = (contacts.Query(), users.Query(), activities.Query(), contacts.Query(), files.Query());
        return
            from e in entries
            select new FoundLine(
                new(
                    e.Id, e.At, e.Kind, e.ActorId, colleagues.Where(u => u.Id == e.ActorId).Select(u => u.Name).FirstOrDefault(),
                    e.ContactId, people.Where(c => c.Id == e.ContactId).Select(c => c.FullName).FirstOrDefault(), e.SourceType, e.SourceId,
                    e.Title, e.Excerpt, e.Detail, e.OnlyForId != null),
                e.SourceType == nameof(Customer)
                    || (e.SourceType == nameof(Activity) && acts.Any(a => a.Id == e.SourceId))
                    || (e.SourceType == nameof(Contact) && persons.Any(c => c.Id == e.SourceId))
                    || (e.SourceType == nameof(Attachment) && papers.Any(f => f.Id == e.SourceId)));
    }

    private sealed record FoundLine(TimelineLine Line, bool IsVisible);
}
