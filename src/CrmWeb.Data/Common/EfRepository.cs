using System.Linq.Expressions;

namespace CrmWeb.Data.Common;

internal sealed class EfRepository<T>(CrmDb db, ICurrentUser user, Sequences sequences) : IRepository<T> where T : Record
{
    public IQueryable<T> Query(RecordAction action = RecordAction.View) => Rows(action).AsNoTracking();

    public IQueryable<T> Trash() => Deleted().AsNoTracking();

    public IQueryable<TPart> Parts<TPart>(long id, RecordAction action = RecordAction.View) where TPart : class
    {
        if (typeof(TPart).IsAssignableTo(typeof(Record)))
            throw new InvalidOperationException($"{typeof(TPart).Name} has rights of its own: ask its repository.");
        var key = typeof(T).Name + "Id";
        var parts = action == RecordAction.View ? db.Set<TPart>().AsNoTracking() : db.Set<TPart>().AsTracking();
        parts = db.Model.FindEntityType(typeof(TPart))!.FindProperty(key)!.IsNullable
            ? parts.Where(p => EF.Property<long?>(p, key) == id)
            : parts.Where(p => EF.Property<long>(p, key) == id);
        return parts.Where(_ => Rows(action).Any(r => r.Id == id));
    }

    public async Task<TModel> ReadAsync<TModel>(long id, RecordAction action, Expression<Func<T, TModel>> model, CancellationToken ct)
    {
        var found = await Query(action).Where(r => r.Id == id).Select(model).ToListAsync(ct); // a list: a model may be null or a value
        return found.Count == 1 ? found[0] : throw await RefusalAsync(id, action, ct);
    }

    public async Task<T> GetAsync(long id, RecordAction action, Guid version, CancellationToken ct)
    {
        var record = await GetAsync(id, action, ct);
        return record.Version == version ? record : throw new StaleRecordException();
    }

    public async Task<T> GetAsync(long id, RecordAction action, CancellationToken ct) =>
        await Rows(action).AsTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw await RefusalAsync(id, action, ct);

    public async Task<IReadOnlyList<T>> GetAsync(IReadOnlyCollection<long> ids, RecordAction action, CancellationToken ct) =>
        await Rows(action).AsTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);

    public async Task<T> GetDeletedAsync(long id, CancellationToken ct) =>
        await Deleted().AsTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new RecordNotFoundException(typeof(T), id);

    public async Task<IReadOnlyList<T>> GetDeletedAsync(IReadOnlyCollection<long> ids, CancellationToken ct) =>
        await Deleted().AsTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);

    public void Add(T record)
    {
        user.Access.Require<T>(RecordAction.Create);
        if (record.Id == 0)
            record.Identify(sequences.NextId());
        db.Add(record);
    }

    public void AddPart<TPart>(TPart part) where TPart : class => db.Add(part);

    public void RemovePart<TPart>(TPart part) where TPart : class => db.Remove(part);

    private IQueryable<T> Rows(RecordAction action) => db.Set<T>().Where(r => r.DeletedAt == null).Within(user.Access, action);

    private IQueryable<T> Deleted() => db.Set<T>().Where(r => r.DeletedAt != null).Within(user.Access, RecordAction.Delete);

    private async Task<Exception> RefusalAsync(long id, RecordAction action, CancellationToken ct) =>
        action != RecordAction.View && await Rows(RecordAction.View).AnyAsync(r => r.Id == id, ct)
            ? new AccessDeniedException(typeof(T), action)
            : new RecordNotFoundException(typeof(T), id);
}
