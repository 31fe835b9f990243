namespace CrmWeb.Services.Common;

internal sealed class RecordService<T>(
    IRepository<T> records, IUnitOfWork work, RecordCatalogue catalogue, RecordChecks checks, IHistory history, ICurrentUser user) : IRecordService<T> where T : Record, new()
{
    private const int Tries = 3;

    private RecordType<T> Type => catalogue.Of<T>();

    public async Task<RecordSnapshot> OpenAsync(long id, RecordAction action, CancellationToken ct)
    {
        var record = await records.ReadAsync(id, action, r => r, ct);
        return new(record.Id, record.Version, record.Title, FieldValues.Of(Type, record));
    }

    public Task<bool> MayAsync(long id, RecordAction action, CancellationToken ct) => records.Query(action).Where(r => r.Id == id).Select(r => r.Id).AnyAsync(ct);

    public async Task<IReadOnlySet<long>> MayAsync(IReadOnlyList<long> seen, RecordAction action, CancellationToken ct)
    {
        var doubtful = user.Access.Doubtful<T>(action, seen);
        return seen.Except(doubtful).Concat(doubtful.Count == 0 ? [] : await records.Query(action).Where(r => doubtful.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct)).ToHashSet();
    }

    public async Task<long> CreateAsync(FieldValues values, CancellationToken ct)
    {
        var record = new T();
        var broken = values.CheckOn(Type, record);
        Rule.RequireNone([.. broken, .. await checks.ReferencesAsync(Type, values, ct)]);

        await checks.CheckAsync(values.DraftOn(Type, record), values, ct);

        values.ApplyTo(Type, record);
        records.Add(record);
        await checks.OwnAsync(record, values, ct);
        await checks.BeforeSaveAsync(record, values, isNew: true, ct);

        await work.SaveAsync(ct);
        return record.Id;
    }

    public async Task EditAsync(long id, FieldValues values, Guid version, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var record = await records.GetAsync(id, RecordAction.Edit, ct);
            var mine = record.Version == version ? values : await MergeAsync(record, values, version, ct);
            try
            {
                await checks.ChangeAsync(Type, record, mine, await checks.ReferencesAsync(Type, mine, ct), ct);
                await work.SaveAsync(ct);
                return;
            }
            catch (StaleRecordException) when (attempt < Tries)
            {
                work.Forget(); // someone was faster between our reading and our saving: merge with what he saved
            }
            catch (RuleException)
            {
                work.Forget(); // the changed record must not ride along with a later save of the same request
                throw;
            }
        }
    }

    public async Task AssignAsync(long id, long? ownerId, Guid version, CancellationToken ct)
    {
        var record = await records.GetAsync(id, RecordAction.Assign, version, ct);
        await checks.AssignAsync(record, ownerId, ct);
        await work.SaveAsync(ct);
    }

    public async Task DeleteAsync(long id, Guid version, CancellationToken ct)
    {
        var record = await records.GetAsync(id, RecordAction.Delete, version, ct);
        await checks.DeleteAsync(record, ct);
        await work.SaveAsync(ct);
    }

    public async Task RestoreAsync(long id, CancellationToken ct)
    {
        var record = await records.GetDeletedAsync(id, ct);
        record.Restore();
        await work.SaveAsync(ct);
    }

    /// <summary>My changes on top of what others saved since the version I was shown.</summary>
    private async Task<FieldValues> MergeAsync(T record, FieldValues values, Guid version, CancellationToken ct)
    {
        var since = await history.SinceAsync(Type.Name, record.Id, version, ct) ?? throw new StaleRecordException();
        var (merged, clashes, mine) = (new FieldValues { Answer = values.Answer }, new List<FieldClash>(), new List<FieldClash>());
        foreach (var (key, value) in values)
        {
            if (Type.Find(key) is not { CanSet: true } field)
                continue;

            var now = FieldText.Write(field.Get(record));
            var was = since.Changes.TryGetValue(field.Property, out var theirs) ? theirs.Old : now;
            var wanted = FieldText.Write(value);
            if (string.Equals(wanted, was, StringComparison.Ordinal) || string.Equals(wanted, now, StringComparison.Ordinal))
                continue;

            (theirs is null ? mine : clashes).Add(new(field, was, now, wanted));
            merged[key] = value;
        }

        return clashes.Count == 0
            ? merged
            : throw new EditConflictException(new(Type.Name, record.Id, record.Title, record.Version, since.UserId, since.At, clashes, mine));
    }
}
