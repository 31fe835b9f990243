using CrmWeb.Domain.Access;
using CrmWeb.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>Takes back a batch of saves of one record type, each through the right that doing it needs.</summary>
/// <param name="saves">The newest first.</param>
internal sealed class Undoing(IServiceProvider services, ICurrentUser user, IReadOnlyList<SavedChange> saves, CancellationToken ct) : IRecordTypeVisitor<Task<(int Done, IReadOnlyList<UndoLeft> Left)>>
{
    private static readonly Broken ChangedSince = new("Undo.ChangedSince"), NotYours = new("Undo.NotYours"), Gone = new("Undo.Gone"), Step = new("Undo.Step"), Same = new("Undo.SameRecord");

    private readonly RecordChecks checks = services.GetRequiredService<RecordChecks>();

    public static bool IsUndone(AuditKind kind) => kind is AuditKind.Changed or AuditKind.Assigned or AuditKind.Deleted or AuditKind.Restored;

    public async Task<(int Done, IReadOnlyList<UndoLeft> Left)> Visit<T>(RecordType<T> type) where T : Record
    {
        var work = services.GetRequiredService<IUnitOfWork>();
        try
        {
            var result = await PutBackAsync(type);
            await work.SaveAsync(ct);
            work.Forget(); // memory stays flat from batch to batch
            return result;
        }
        catch (Exception refused) when (refused is RuleException or StaleRecordException)
        {
            work.Forget();
            return saves.Count > 1 ? await OneByOneAsync(type) : (0, [await LeftAsync(type, saves[0].RecordId, refused)]);
        }
    }

    /// <summary>One of them cannot be: that one alone is left.</summary>
    private async Task<(int Done, IReadOnlyList<UndoLeft> Left)> OneByOneAsync<T>(RecordType<T> type) where T : Record
    {
        var (done, left) = (0, new List<UndoLeft>());
        foreach (var save in saves)
        {
            var one = await type.Accept(new Undoing(services, user, [save], ct));
            done += one.Done;
            left.AddRange(one.Left);
        }
        return (done, left);
    }

    private async Task<(int Done, IReadOnlyList<UndoLeft> Left)> PutBackAsync<T>(RecordType<T> type) where T : Record
    {
        var (records, owners) = (await ReadAsync<T>(), await OwnersAsync());
        var (done, left, seen) = (0, new List<UndoLeft>(), await SeenAsync(records));
        foreach (var save in saves)
        {
            if (!records.TryGetValue((save.RecordId, WayOf(save)), out var record))
            {
                if (!IsBack(save, seen.GetValueOrDefault(save.RecordId)))
                    left.Add(new(type, save.RecordId, seen.GetValueOrDefault(save.RecordId)?.Title, seen.ContainsKey(save.RecordId) ? NotYours : Gone));
                continue;
            }
            var (isDone, why) = await PutBackAsync(type, record, save, owners);
            done += isDone ? 1 : 0;
            if (why is not null)
                left.Add(new(type, record.Id, record.Title, why));
        }
        return (done, left);
    }

    private async Task<(bool IsDone, Broken? Why)> PutBackAsync<T>(RecordType<T> type, T record, SavedChange save, IReadOnlySet<long> owners) where T : Record
    {
        switch (save.Kind)
        {
            case AuditKind.Deleted or AuditKind.Restored when record.Version != save.Version:
                return (false, ChangedSince);
            case AuditKind.Deleted when record.DeletedById != user.Id:
                return (false, NotYours);
            case AuditKind.Deleted:
                record.Restore();
                return (true, null);
            case AuditKind.Restored:
                await checks.DeleteAsync(record, ct);
                return (true, null);
            default:
                return await PutBackFieldsAsync(type, record, save, owners);
        }
    }

    private async Task<(bool IsDone, Broken? Why)> PutBackFieldsAsync<T>(RecordType<T> type, T record, SavedChange save, IReadOnlySet<long> owners) where T : Record
    {
        var values = new FieldValues();
        foreach (var (property, change) in save.Fields.Where(f => !IsOwner(f.Key)))
        {
            if (type.FindProperty(property) is not { CanSet: true } field || !FieldText.TryRead(field, change.Old, out var old))
                return (false, Step);
            var now = FieldText.Write(field.Get(record));
            if (string.Equals(now, change.Old, StringComparison.Ordinal))
                continue;
            if (!string.Equals(now, change.New, StringComparison.Ordinal))
                return (false, ChangedSince);
            values[field.Key] = old;
        }
        var (owner, why) = OwnerOf(record, save, owners);
        if (why is not null)
            return (false, why);

        if (values.Count > 0)
        {
            if (save.Kind == AuditKind.Assigned && !await Repository<T>().Query(RecordAction.Edit).Where(r => r.Id == record.Id).Select(r => r.Id).AnyAsync(ct))
                return (false, NotYours);
            await checks.ChangeAsync(type, record, values, await checks.ReferencesAsync(type, values, ct), ct);
        }
        if (owner is var (id, team))
            ((IOwned)record).Assign(id, team);
        return (values.Count > 0 || owner is not null, null);
    }

    /// <summary>Whom the record goes back to; nobody when it is his already.</summary>
    private static ((long? Id, long? Team)? Owner, Broken? Why) OwnerOf(Record record, SavedChange save, IReadOnlySet<long> owners)
    {
        if (record is not IOwned owned || !save.Fields.TryGetValue(nameof(IOwned.OwnerId), out var owner) || FieldText.Write(owned.OwnerId) == owner.Old)
            return (null, null);
        if (FieldText.Write(owned.OwnerId) != owner.New)
            return (null, ChangedSince);
        if (Id(owner.Old) is { } former && !owners.Contains(former))
            return (null, new("Undo.OwnerGone"));
        return ((Id(owner.Old), save.Fields.TryGetValue(nameof(IOwned.OwnerTeamId), out var team) ? Id(team.Old) : owned.OwnerTeamId), null);
    }

    /// <summary>The records to change, by the way that leads to them.</summary>
    private async Task<Dictionary<(long, RecordAction?), T>> ReadAsync<T>() where T : Record
    {
        var records = new Dictionary<(long, RecordAction?), T>();
        foreach (var way in saves.GroupBy(WayOf))
        {
            var ids = way.Select(s => s.RecordId).Distinct().ToList();
            foreach (var record in way.Key is { } action ? await Repository<T>().GetAsync(ids, action, ct) : await Repository<T>().GetDeletedAsync(ids, ct))
                records[(record.Id, way.Key)] = record;
        }
        return records;
    }

    /// <summary>Those of the others that he can see at least.</summary>
    private async Task<Dictionary<long, T>> SeenAsync<T>(Dictionary<(long Id, RecordAction?), T> found) where T : Record
    {
        var missing = saves.Where(s => !found.ContainsKey((s.RecordId, WayOf(s)))).Select(s => s.RecordId).Distinct().ToList();
        return missing.Count == 0 ? [] : (await Repository<T>().Query().Where(r => missing.Contains(r.Id)).ToListAsync(ct)).ToDictionary(r => r.Id);
    }

    /// <summary>Former owners who can be given a record.</summary>
    private async Task<HashSet<long>> OwnersAsync()
    {
        var ids = saves.Select(s => Id(s.Fields.GetValueOrDefault(nameof(IOwned.OwnerId))?.Old)).OfType<long>().Distinct().ToList();
        return ids.Count == 0 ? [] : [.. await Repository<User>().Query().Where(u => ids.Contains(u.Id) && u.IsActive).Select(u => u.Id).ToListAsync(ct)];
    }

    private async Task<UndoLeft> LeftAsync<T>(RecordType<T> type, long id, Exception refused) where T : Record
    {
        var seen = await Repository<T>().Query().Where(r => r.Id == id).FirstOrDefaultAsync(ct) ?? await Repository<T>().Trash().Where(r => r.Id == id).FirstOrDefaultAsync(ct);
        return new(type, id, seen?.Title, refused switch { SameRecordException => Same, RuleException broken => broken.Broken[0], _ => ChangedSince });
    }

    /// <summary>What was deleted has been brought back already.</summary>
    private static bool IsBack(SavedChange save, Record? seen) => save.Kind == AuditKind.Deleted && seen is not null;

    /// <summary>The right by which a save is taken back; null for what lies in the trash.</summary>
    private static RecordAction? WayOf(SavedChange save) => save.Kind switch
    {
        AuditKind.Deleted => null,
        AuditKind.Restored => RecordAction.Delete,
        AuditKind.Assigned => RecordAction.Assign,
        _ => RecordAction.Edit,
    };

    private static bool IsOwner(string property) => property is nameof(IOwned.OwnerId) or nameof(IOwned.OwnerTeamId);

    private static long? Id(string? text) => text is null ? null : long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private IRepository<T> Repository<T>() where T : Record => services.GetRequiredService<IRepository<T>>();
}
