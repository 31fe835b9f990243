using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Gathers the page of a customer: a fixed number of bounded queries, each through the viewer's rights.</summary>
internal sealed class CustomerReader(
    IRepository<Customer> customers, IRepository<Activity> activities, IRepository<Contact> contacts, CustomerTies ties, CustomerShares shares, RecordCatalogue catalogue, ICurrentUser user, TimeProvider clock)
{
    private const int Most = 10, Touches = 200, TalkingDays = 90;

    public async Task<CustomerPage> ReadAsync(long id, CancellationToken ct)
    {
        var found = await customers.ReadAsync(id, RecordAction.View, c => new { Customer = c, Owner = c.Owner!.Name, c.Figures }, ct);
        var type = catalogue.Of<Customer>();
        var customer = type.Conceal(found.Customer);
        var open = await OpenAsync(id, ct);
        var people = await PeopleAsync(id, ct);
        var related = await ties.RelatedAsync(customer, ct);
        var (may, figures) = (Rights(customer), type.Conceal(found.Figures ?? new() { CustomerId = id }));
        return new(
            new(customer.Id, customer.Version, customer.Title, FieldValues.Of(type, customer)), Header(customer, found.Owner), Names(customer, found.Owner, related), figures,
            await BriefAsync(customer, found.Owner, figures, open, people, ct), [.. open.Where(o => !o.IsPromise).Take(Most).Select(o => o.Row)], people,
            await ties.FilesAsync(id, ct), [.. related.Where(r => r.Id != customer.ParentId)], await ties.ConsentsAsync(id, ct), may.Share ? await shares.OfAsync(id, ct) : [], may);
    }

    /// <summary>The brief alone, for pages of what belongs to the customer; null when the viewer may not see it.</summary>
    public async Task<CustomerBrief?> BriefAsync(long id, CancellationToken ct)
    {
        var found = await customers.Query().Where(c => c.Id == id).Select(c => new { Customer = c, Owner = c.Owner!.Name, c.Figures }).FirstOrDefaultAsync(ct);
        var type = catalogue.Of<Customer>();
        return found is null ? null : await BriefAsync(type.Conceal(found.Customer), found.Owner, type.Conceal(found.Figures ?? new() { CustomerId = id }), await OpenAsync(id, ct), await PeopleAsync(id, ct), ct);
    }

    private async Task<CustomerBrief> BriefAsync(Customer customer, string? owner, CustomerFigures figures, IReadOnlyList<OpenRow> open, IReadOnlyList<PersonRow> people, CancellationToken ct)
    {
        var touches = await TouchesAsync(customer.Id, ct);
        return new(
            customer.Id, customer.Name, BriefRules.Lines(customer, figures, open, touches, people, user.Habits.Today(clock), clock.GetUtcNow().UtcDateTime), Talkers(customer, owner, open, touches),
            [.. open.Where(o => o.IsPromise).Take(Most).Select(o => o.Row)], user.Access.May<Activity>(RecordAction.Create));
    }

    private async Task<IReadOnlyList<PersonRow>> PeopleAsync(long id, CancellationToken ct)
    {
        var people = await contacts.Query()
            .Where(c => c.CustomerId == id).OrderBy(c => c.Role == null).ThenBy(c => c.Role).ThenBy(c => c.SortKey).Take(Most)
            .Select(c => new PersonRow(c.Id, c.FullName, c.JobTitle, c.Role, c.Email, c.MobileE164 ?? c.PhoneE164, c.DoNotCall)).ToListAsync(ct);
        var type = catalogue.Of<Contact>();
        var (hidesJob, hidesRole) = (type.Hides(nameof(Contact.JobTitle)), type.Hides(nameof(Contact.Role)));
        return hidesJob || hidesRole ? [.. people.Select(p => p with { JobTitle = hidesJob ? null : p.JobTitle, Role = hidesRole ? null : p.Role })] : people;
    }

    private async Task<IReadOnlyList<OpenRow>> OpenAsync(long id, CancellationToken ct) =>
        await activities.Query().Open.Where(a => a.CustomerId == id)
            .OrderBy(a => a.DueOn == null).ThenBy(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new OpenRow(new(a.Id, a.Version, a.Kind, a.Subject, a.DueOn, a.StartAt, a.AssigneeId, a.Assignee!.Name), a.IsPromise, a.Assignee!.JobTitle))
            .Take(Touches).ToListAsync(ct);

    private async Task<IReadOnlyList<TouchRow>> TouchesAsync(long id, CancellationToken ct)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-TalkingDays);
        return await activities.Query().Where(a => a.CustomerId == id && a.ClosedAt >= since && a.AssigneeId != null && a.Kind != ActivityKind.Task)
            .OrderByDescending(a => a.ClosedAt)
            .Select(a => new TouchRow(a.AssigneeId!.Value, a.Assignee!.Name, a.Assignee!.JobTitle, a.StartAt ?? a.ClosedAt!.Value, a.Kind, a.Mood, a.Subject))
            .Take(Touches).ToListAsync(ct);
    }

    private static IReadOnlyList<Talker> Talkers(Customer customer, string? owner, IReadOnlyList<OpenRow> open, IReadOnlyList<TouchRow> touches)
    {
        var talkers = touches.GroupBy(t => t.UserId).Select(g => g.MaxBy(t => t.At)!)
            .Select(t => new Talker(t.UserId, t.Name, t.JobTitle, t.UserId == customer.OwnerId, t.At, t.Kind, PlannedOn: null)).ToList();
        foreach (var planned in open.Where(o => o.Row is { AssigneeId: not null, Assignee: not null } && !talkers.Exists(t => t.UserId == o.Row.AssigneeId)).DistinctBy(o => o.Row.AssigneeId).ToList())
            talkers.Add(new(planned.Row.AssigneeId!.Value, planned.Row.Assignee!, planned.JobTitle, planned.Row.AssigneeId == customer.OwnerId, At: null, planned.Row.Kind, planned.Row.DueOn));
        if (customer.OwnerId is { } ownerId && owner is not null && !talkers.Exists(t => t.IsOwner))
            talkers.Add(new(ownerId, owner, JobTitle: null, IsOwner: true, At: null, Kind: null, PlannedOn: null));
        return [.. talkers.OrderByDescending(t => t.IsOwner).ThenByDescending(t => t.At).Take(5)];
    }

    private static Dictionary<string, string> Names(Customer customer, string? owner, IReadOnlyList<CustomerLink> related)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (owner is not null)
            names["owner"] = owner;
        if (related.FirstOrDefault(r => r.Id == customer.ParentId) is { } parent)
            names["parent"] = parent.Name;
        return names;
    }

    private static CustomerHeader Header(Customer c, string? owner) => new(
        c.Name, c.OtherName, c.Kind, c.Number, c.Lifecycle, c.CustomerSince, c.OwnerId, owner, c.City, c.Country, c.TimeZone, c.Phone, c.PhoneE164, c.Email, c.Website, c.Language, c.PreferredChannel, c.CreatedAt);

    private CustomerRights Rights(Customer c)
    {
        bool May(RecordAction action) => user.Access.Covers(nameof(Customer), action, c.OwnerId, c.OwnerTeamId, c.Id);
        return new(May(RecordAction.Edit), May(RecordAction.Delete), May(RecordAction.Assign),
            user.Access.May<Activity>(RecordAction.Create), user.Access.May<Contact>(RecordAction.Create), user.Access.May<Attachment>(RecordAction.Create),
            user.Access.May<Consent>(RecordAction.Create), May(RecordAction.Edit) && user.Access.May<Relationship>(RecordAction.Create), May(RecordAction.Share));
    }
}

internal sealed record OpenRow(OpenActivity Row, bool IsPromise, string? JobTitle);

internal sealed record TouchRow(long UserId, string Name, string? JobTitle, DateTime At, ActivityKind Kind, Mood? Mood, string Subject);
