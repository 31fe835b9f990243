using CrmWeb.Domain.Access;
using CrmWeb.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>Takes back what an operation did with a batch of records of one type, each through the right that doing it needs.</summary>
/// <param name="saves">One for each record.</param>
/// <param name="told">Called before the save of what was put back, with what came of it; a batch that cannot be saved as a whole is told record by record.</param>
internal sealed class Undoing(IServiceProvider services, ICurrentUser user, long operation, IReadOnlyList<SavedChange> saves, Func<UndoPart, Task>? told, CancellationToken ct) : IRecordTypeVisitor<Task<UndoPart>>
{
    private static readonly Broken ChangedSince = new("Undo.ChangedSince"), NotYours = new("Undo.NotYours"), Gone = new("Undo.Gone"), Step = new("Undo.Step"), Same = new("Undo.SameRecord"), InUse = new("Undo.InUse");

    private readonly RecordChecks checks = services.GetRequiredService<RecordChecks>();

    public async Task<UndoPart> Visit<T>(RecordType<T> type) where T : Record
    {
        var work = services.GetRequiredService<IUnitOfWork>();
        try
        {
            return await SaveAsync(work, await PutBackAsync(type));
        }
        catch (Exception refused) when (refused is RuleException or StaleRecordException)
        {
            work.Forget();
            if (saves.Count > 1)
                return await OneByOneAsync(type);
            return await SaveAsync(work, new(Done: 0, Unchanged: 0, [await LeftAsync(type, saves[0].RecordId, refused)], saves[0].RecordId));
        }
    }

    private async Task<UndoPart> SaveAsync(IUnitOfWork work, UndoPart part)
    {
        if (told is not null)
            await told(part);
        await work.SaveAsync(ct);
        work.Forget(); // memory stays flat from batch to batch
        return part;
    }

    /// <summary>One of them cannot be: that one alone is left.</summary>
    private async Task<UndoPart> OneByOneAsync<T>(RecordType<T> type) where T : Record
    {
        var all = new UndoPart(Done: 0, Unchanged: 0, [], saves[^1].RecordId);
        foreach (var save in saves)
        {
            var one = await type.Accept(new Undoing(services, user, operation, [save], told, ct));
            all = all with { Done = all.Done + one.Done, Unchanged = all.Unchanged + one.Unchanged, Left = [.. all.Left, .. one.Left] };
        }
        return all;
    }

    private async Task<UndoPart> PutBackAsync<T>(RecordType<T> type) where T : Record
    {
        var known = await UndoneRecords<T>.ReadAsync(services, operation, saves, ct);
        var (done, unchanged, left) = (0, 0, new List<UndoLeft>());
        foreach (var save in saves)
        {
            if (known.Find(save) is not { } record)
            {
                if (known.IsSoAlready(save))
                    unchanged++;
                else
                    left.Add(new(type, save.RecordId, known.TitleOf(save), known.IsSeen(save) ? NotYours : Gone));
                continue;
            }
            var (isDone, why) = await PutBackAsync(type, record, save, known);
            (done, unchanged) = why is not null ? (done, unchanged) : isDone ? (done + 1, unchanged) : (done, unchanged + 1);
            if (why is not null)
                left.Add(new(type, record.Id, record.Title, why));
        }
        return new(done, unchanged, left, saves[^1].RecordId);
    }

    private async Task<(bool IsDone, Broken? Why)> PutBackAsync<T>(RecordType<T> type, T record, SavedChange save, UndoneRecords<T> known) where T : Record
    {
        switch (save.Kind)
        {
            case var _ when save.IsMixed:
                return (false, Step);
            case AuditKind.Created when known.WasChanged(record) || known.IsInUse(record):
                return (false, known.WasChanged(record) ? ChangedSince : InUse);
            case AuditKind.Created:
                await checks.DeleteAsync(record, ct);
                return (true, null);
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
                return await PutBackFieldsAsync(type, record, save, known);
        }
    }

    private async Task<(bool IsDone, Broken? Why)> PutBackFieldsAsync<T>(RecordType<T> type, T record, SavedChange save, UndoneRecords<T> known) where T : Record
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
        var (owner, why) = OwnerOf(record, save, known.CanOwn);
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
    private static ((long? Id, long? Team)? Owner, Broken? Why) OwnerOf(Record record, SavedChange save, Func<long, bool> canOwn)
    {
        if (record is not IOwned owned || !save.Fields.TryGetValue(nameof(IOwned.OwnerId), out var owner) || FieldText.Write(owned.OwnerId) == owner.Old)
            return (null, null);
        if (FieldText.Write(owned.OwnerId) != owner.New)
            return (null, ChangedSince);
        if (UndoneOwner.Id(owner.Old) is { } former && !canOwn(former))
            return (null, new("Undo.OwnerGone"));
        return ((UndoneOwner.Id(owner.Old), save.Fields.TryGetValue(nameof(IOwned.OwnerTeamId), out var team) ? UndoneOwner.Id(team.Old) : owned.OwnerTeamId), null);
    }

    private async Task<UndoLeft> LeftAsync<T>(RecordType<T> type, long id, Exception refused) where T : Record
    {
        var seen = await Repository<T>().Query().Where(r => r.Id == id).FirstOrDefaultAsync(ct) ?? await Repository<T>().Trash().Where(r => r.Id == id).FirstOrDefaultAsync(ct);
        return new(type, id, seen?.Title, refused switch { SameRecordException => Same, RuleException broken => broken.Broken[0], _ => ChangedSince });
    }

    private static bool IsOwner(string property) => property is nameof(IOwned.OwnerId) or nameof(IOwned.OwnerTeamId);

    private IRepository<T> Repository<T>() where T : Record => services.GetRequiredService<IRepository<T>>();
}

/// <summary>What came of a batch.</summary>
/// <param name="Done">Records put back.</param>
/// <param name="Unchanged">Records that were so already.</param>
/// <param name="LastId">The last record of the batch.</param>
internal sealed record UndoPart(int Done, int Unchanged, IReadOnlyList<UndoLeft> Left, long LastId);
