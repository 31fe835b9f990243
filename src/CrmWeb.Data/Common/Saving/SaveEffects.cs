using CrmWeb.Data.Automation;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

/// <summary>What a save adds to the records it holds: the pure part of the pipeline, shared by single saves and the bulk writer.</summary>
internal sealed class SaveEffects
{
    public List<AuditEntry> Audit { get; } = [];
    public List<TimelineEntry> NewEntries { get; } = [];
    public List<TimelineEntry> ChangedEntries { get; } = [];
    public List<TimelineEntry> GoneEntries { get; } = [];
    public List<MatchKeyRow> MatchKeys { get; } = [];
    /// <summary>Records whose match keys are written anew.</summary>
    public List<long> Rekeyed { get; } = [];
    public List<CustomerFigures> NewFigures { get; } = [];
    /// <summary>What the request is known by, with the record it makes; one at most.</summary>
    public List<IdempotencyKey> Keys { get; } = [];
    /// <summary>Customers given to someone else: their children follow.</summary>
    public List<Customer> Rescoped { get; } = [];
    /// <summary>What people are told; a mass of new records that is written at once tells nobody.</summary>
    public IReadOnlyList<Notification> Told { get; private set; } = [];
    /// <summary>A role, a team, the organisation or a share was saved: what people may do, and how things are written for them, may have changed.</summary>
    public bool ChangesRights { get; set; }

    /// <summary>Stamps the records and works out the rows that go with them.</summary>
    public static SaveEffects Of(IReadOnlyList<Change> changes, SaveFacts facts)
    {
        var effects = new SaveEffects();
        foreach (var change in changes)
        {
            var versionBefore = change.Before?.Version;
            Stamp(change, facts);
            effects.Audit.Add(AuditOf(change, versionBefore, facts));
            effects.Key(change);
            effects.Timeline(change, facts);
            if (change.Record is Customer customer)
                effects.Customer(change, customer);
            effects.ChangesRights |= change.Record is Role or Team or Organisation;
        }
        effects.Told = [.. NotificationRules.Of(changes, facts)];
        FiguresEffects.Apply(changes, facts, effects.NewFigures);
        return effects;
    }

    /// <summary>All new rows, for a save that only adds.</summary>
    public IEnumerable<object> NewRows() => [.. Audit, .. NewEntries, .. MatchKeys, .. NewFigures, .. Keys];

    private static void Stamp(Change change, SaveFacts facts)
    {
        var record = change.Record;
        if (change.Kind == ChangeKind.Added)
        {
            record.StampCreated(facts.AtOf(change), facts.ByOf(change));
            if (record is INumbered { Number: null } numbered)
                numbered.GiveNumber(facts.Supply.NextNumber(numbered.NumberPrefix, facts.AtOf(change).Year));
        }
        record.StampModified(facts.AtOf(change), facts.ByOf(change));
        if (record is Contact contact)
            contact.StampFullName();
        if (record is Activity activity && activity.ClosedAt != (change.Before as Activity)?.ClosedAt)
            activity.StampClosedOn(activity.ClosedAt is { } at ? DateOnly.FromDateTime(facts.Habits.Local(at)) : null);
        if (record is IScoped child && (change.Kind == ChangeKind.Added || child.ScopeRecordId != (change.Before as IScoped)?.ScopeRecordId || IsGivenAway(change)))
        {
            var (owner, team) = child.ScopeRecordId is { } main ? facts.Lookups.Scopes.GetValueOrDefault(main) : ((record as Activity)?.AssigneeId ?? facts.ByOf(change), null);
            child.ScopeTo(owner, team);
        }
        if (change.Kind != ChangeKind.Deleted && change.Kind != ChangeKind.Restored)
            record.StampKeys(Cut(Pinyin.SortKey(record.Title), 100), record is ISearchable found ? SearchText.Index(found.SearchTexts) : null);
    }

    /// <summary>A task without a customer belongs to who has it to do.</summary>
    private static bool IsGivenAway(Change change) => change.Record is Activity { CustomerId: null } && change.Fields.ContainsKey(nameof(Activity.AssigneeId));

    private static AuditEntry AuditOf(Change change, Guid? versionBefore, SaveFacts facts) => new()
    {
        Id = facts.Supply.NextId(),
        At = facts.AtOf(change),
        UserId = facts.ByOf(change),
        From = facts.From,
        Why = facts.Why,
        Operation = facts.Operation,
        Kind = change.Kind switch
        {
            ChangeKind.Added => AuditKind.Created,
            ChangeKind.Deleted => AuditKind.Deleted,
            ChangeKind.Restored => AuditKind.Restored,
            _ => change.Fields.ContainsKey(nameof(IOwned.OwnerId)) ? AuditKind.Assigned : AuditKind.Changed,
        },
        RecordType = change.Type,
        RecordId = change.Record.Id,
        Changes = change.Kind == ChangeKind.Added ? null : change.FieldsAsJson(),
        VersionBefore = versionBefore,
        VersionAfter = change.Record.Version,
    };

    private void Key(Change change)
    {
        if (change.Record is not ISearchable record)
            return;

        var keys = change.Kind == ChangeKind.Deleted ? [] : record.MatchKeys.Distinct().Select(k => new MatchKeyRow(MatchKeyRow.Of(k), change.Record.Id, change.Type)).ToList();
        if (change.Before is ISearchable before && change.Kind == ChangeKind.Changed && before.MatchKeys.ToHashSet().SetEquals(record.MatchKeys))
            return;
        if (change.Kind != ChangeKind.Added)
            Rekeyed.Add(change.Record.Id);
        MatchKeys.AddRange(keys);
    }

    private void Customer(Change change, Customer customer)
    {
        if (change.Kind == ChangeKind.Added)
            NewFigures.Add(new() { CustomerId = customer.Id, OwnerId = customer.OwnerId });
        else if (change.Fields.ContainsKey(nameof(IOwned.OwnerId)) || change.Fields.ContainsKey(nameof(IOwned.OwnerTeamId)))
            Rescoped.Add(customer);
    }

    private void Timeline(Change change, SaveFacts facts)
    {
        var (before, after) = (TimelineRules.StandingEntry(change.Before, facts), change.Record.DeletedAt is null ? TimelineRules.StandingEntry(change.Record, facts) : null);
        if (after is not null)
            (before is null || change.Kind == ChangeKind.Restored ? NewEntries : ChangedEntries).Add(after);
        else if (before is not null)
            GoneEntries.Add(before);
        NewEntries.AddRange(TimelineRules.EventEntries(change, facts));
    }

    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
