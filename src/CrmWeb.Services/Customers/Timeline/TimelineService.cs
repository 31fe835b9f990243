using System.Buffers.Text;
using System.Globalization;
using System.Text;
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
    IRepository<Customer> customers, IRepository<Contact> contacts, IRepository<Activity> activities, IRepository<Attachment> files, IRepository<Domain.Access.User> users, ICurrentUser user) : ITimelineService
{
    private const int PageSize = 30;

    private static readonly TimelineKind[] Conversations = [TimelineKind.Call, TimelineKind.Meeting, TimelineKind.Email, TimelineKind.Note, TimelineKind.Visit];
    private static readonly TimelineKind[] Changes = [TimelineKind.Changed, TimelineKind.Created, TimelineKind.Imported, TimelineKind.Assigned, TimelineKind.LifecycleMoved, TimelineKind.Deleted, TimelineKind.Restored];

    public async Task<TimelinePage> OfCustomerAsync(long id, TimelineFilter filter, string? before, CancellationToken ct)
    {
        await customers.ReadAsync(id, RecordAction.View, c => c.Id, ct);
        return await ReadAsync(customers.Parts<TimelineEntry>(id), filter, before, ct);
    }

    public async Task<TimelinePage> OfContactAsync(long id, TimelineFilter filter, string? before, CancellationToken ct)
    {
        await contacts.ReadAsync(id, RecordAction.View, c => c.Id, ct);
        return await ReadAsync(contacts.Parts<TimelineEntry>(id), filter, before, ct);
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
        if (Place(before) is var (at, id))
            entries = entries.Where(e => e.At < at || (e.At == at && e.Id < id));

        var found = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(PageSize + 1).ToListAsync(ct);
        var lines = await LinesAsync([.. found.Take(PageSize)], ct);
        return new(lines, found.Count > PageSize ? Place(found[PageSize - 1]) : null);
    }

    private async Task<IReadOnlyList<TimelineLine>> LinesAsync(IReadOnlyList<TimelineEntry> entries, CancellationToken ct)
    {
        var visible = await VisibleAsync(entries, ct);
        var contactIds = entries.Select(e => e.ContactId).OfType<long>().Distinct().ToList();
        var people = contactIds.Count == 0 ? [] : (await contacts.Query().Where(c => contactIds.Contains(c.Id)).Select(c => new { c.Id, c.FullName }).ToListAsync(ct)).ToDictionary(c => c.Id, c => c.FullName);
        var actorIds = entries.Select(e => e.ActorId).OfType<long>().Distinct().ToList();
        var actors = actorIds.Count == 0 ? [] : (await users.Query().Where(u => actorIds.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToListAsync(ct)).ToDictionary(u => u.Id, u => u.Name);
        return
        [
            .. entries.Select(e => new TimelineLine(
                e.Id, e.At, e.Kind, e.ActorId, e.ActorId is { } actor ? actors.GetValueOrDefault(actor) : null,
                e.ContactId, e.ContactId is { } contact ? people.GetValueOrDefault(contact) : null, e.SourceType, e.SourceId,
                visible.Contains(e.SourceId) ? e.Title : null, visible.Contains(e.SourceId) ? e.Excerpt : null, e.Detail, e.OnlyForId is not null)),
        ];
    }

    /// <summary>Sources the viewer may see; the text of other lines stays away.</summary>
    private async Task<HashSet<long>> VisibleAsync(IReadOnlyList<TimelineEntry> entries, CancellationToken ct)
    {
        var visible = new HashSet<long>(entries.Where(e => e.SourceType == nameof(Customer)).Select(e => e.SourceId));
        visible.UnionWith(await IdsAsync(activities, entries, ct));
        visible.UnionWith(await IdsAsync(contacts, entries, ct));
        visible.UnionWith(await IdsAsync(files, entries, ct));
        return visible;
    }

    private static async Task<IReadOnlyList<long>> IdsAsync<T>(IRepository<T> records, IEnumerable<TimelineEntry> entries, CancellationToken ct) where T : Record
    {
        var ids = entries.Where(e => e.SourceType == typeof(T).Name).Select(e => e.SourceId).Distinct().ToList();
        return ids.Count == 0 ? [] : await records.Query().Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct);
    }

    private static string Place(TimelineEntry last) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.At.Ticks}.{last.Id}")));

    /// <exception cref="RuleException">The place was not made here.</exception>
    private static (DateTime At, long Id)? Place(string? token)
    {
        if (token is null)
            return null;
        try
        {
            var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split('.');
            return (new(long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture), DateTimeKind.Utc), long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture));
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException)
        {
            throw new RuleException([new("Error.List.Place")]);
        }
    }
}
