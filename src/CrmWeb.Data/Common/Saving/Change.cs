using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data.Common;

internal enum ChangeKind { Added, Changed, Deleted, Restored }

/// <summary>One record in a save: what it is now, what it was, which fields differ.</summary>
/// <param name="Before">The record as it was loaded; null for a new one.</param>
/// <param name="Fields">Old and new values of changed properties, as <see cref="FieldText"/> writes them.</param>
internal sealed record Change(ChangeKind Kind, Record Record, Record? Before, IReadOnlyDictionary<string, FieldChange> Fields)
{
    private static readonly Dictionary<string, FieldChange> NoFields = new(StringComparer.Ordinal);

    private static readonly HashSet<string> Stamps =
    [
        nameof(Record.Id), nameof(Record.Version), nameof(Record.CreatedAt), nameof(Record.CreatedById), nameof(Record.ModifiedAt), nameof(Record.ModifiedById),
        nameof(Record.SortKey), nameof(Record.SearchKey), nameof(Record.DeletedAt), nameof(Record.DeletedById),
        nameof(IScoped.ScopeOwnerId), nameof(IScoped.ScopeTeamId), "FullName", "PhoneE164", "MobileE164", nameof(Domain.Customers.Activity.ClosedOn),
    ];

    public string Type => Record.GetType().Name;

    /// <summary>When it happened (UTC) and who did it, where that is not the save's own moment and user.</summary>
    public (DateTime At, long By)? Past { get; init; }

    public bool Touches(string property) => Kind == ChangeKind.Added || Fields.ContainsKey(property);

    public string? FieldsAsJson() => Fields.Count == 0 ? null : JsonSerializer.Serialize(Fields.ToDictionary(f => f.Key, f => new[] { f.Value.Old, f.Value.New }));

    public static Change Added(Record record) => new(ChangeKind.Added, record, Before: null, NoFields);

    public static Change Of(EntityEntry<Record> entry)
    {
        if (entry.State == EntityState.Added)
            return Added(entry.Entity);

        var before = (Record)entry.OriginalValues.ToObject();
        var fields = entry.Properties
            .Where(p => p.IsModified && !Stamps.Contains(p.Metadata.Name))
            .Select(p => (p.Metadata.Name, Change: new FieldChange(FieldText.Write(p.OriginalValue), FieldText.Write(p.CurrentValue))))
            .Where(p => !string.Equals(p.Change.Old, p.Change.New, StringComparison.Ordinal))
            .ToDictionary(p => p.Name, p => p.Change, StringComparer.Ordinal);
        var kind = (before.DeletedAt, entry.Entity.DeletedAt) switch
        {
            (null, not null) => ChangeKind.Deleted,
            (not null, null) => ChangeKind.Restored,
            _ => ChangeKind.Changed,
        };
        return new(kind, entry.Entity, before, fields);
    }
}

/// <summary>Who saves, when, from where, and what the pure part of the pipeline must know of other rows.</summary>
/// <param name="Now">UTC.</param>
/// <param name="Habits">How he tells days apart.</param>
/// <param name="Operation">What the save is a part of.</param>
internal sealed record SaveFacts(DateTime Now, long? UserId, Habits Habits, string? From, string? Why, long Operation, Supply Supply, SaveLookups Lookups)
{
    public DateTime AtOf(Change change) => change.Past?.At ?? Now;

    public long? ByOf(Change change) => change.Past?.By ?? UserId;
}

/// <summary>Ids and numbers for the rows of a save, taken before its transaction.</summary>
internal sealed class Supply(Queue<long> ids, IReadOnlyDictionary<(string Prefix, int Year), Queue<string>> numbers)
{
    /// <summary>An audit row, at most three lines of the timeline, and a notification.</summary>
    private const int IdsOfAChange = 5;

    /// <summary>The operation, where the save is one of its own.</summary>
    private const int IdsOfASave = 1;

    public long NextId() => ids.Dequeue();

    public string NextNumber(string prefix, int year) => numbers[(prefix, year)].Dequeue();

    /// <param name="now">UTC; numbers count within the year of their record.</param>
    public static Supply For(IReadOnlyList<Change> changes, Sequences sequences, DateTime now) => new(
        sequences.ReserveIds(IdsOfASave + IdsOfAChange * changes.Count),
        changes.Where(c => c is { Kind: ChangeKind.Added, Record: INumbered { Number: null } })
            .GroupBy(c => (((INumbered)c.Record).NumberPrefix, (c.Past?.At ?? now).Year))
            .ToDictionary(g => g.Key, g => sequences.ReserveNumbers(g.Key.NumberPrefix, g.Key.Year, g.Count())));
}

/// <summary>Rows read before the save, for the customers it touches.</summary>
/// <param name="Scopes">Owner and team of main records.</param>
/// <param name="Figures">Their figures, to be changed in place.</param>
/// <param name="OpenActivities">Their open activities as stored, without those in this save; filled where a next step must be found anew.</param>
/// <param name="Touches">The latest touches as stored, without those in this save, of customers whose last touch must be found anew.</param>
internal sealed record SaveLookups(
    IReadOnlyDictionary<long, (long? Owner, long? Team)> Scopes,
    IReadOnlyDictionary<long, Domain.Customers.CustomerFigures> Figures,
    ILookup<long, OpenStep> OpenActivities,
    IReadOnlyDictionary<long, IReadOnlyList<LastTouch>> Touches)
{
    public static SaveLookups None { get; } = new(
        new Dictionary<long, (long?, long?)>(), new Dictionary<long, Domain.Customers.CustomerFigures>(), Array.Empty<OpenStep>().ToLookup(s => s.CustomerId), new Dictionary<long, IReadOnlyList<LastTouch>>());
}

/// <summary>An open activity as far as figures need it.</summary>
internal sealed record OpenStep(long Id, long CustomerId, DateOnly? DueOn, string Subject, bool IsPromise, bool IsPrivate);

/// <summary>A touch as far as figures need it.</summary>
/// <param name="At">UTC.</param>
internal sealed record LastTouch(long Id, DateTime At, Domain.Customers.ActivityKind Kind, long? ById);
