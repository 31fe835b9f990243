using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Access;

/// <summary>Reads what the save pipeline wrote into the audit.</summary>
internal sealed class History(CrmDb db) : IHistory
{
    private const int MostSaves = 1_000;

    public async Task<ChangesSince?> SinceAsync(string type, long id, Guid version, CancellationToken ct)
    {
        var rows = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.RecordId == id && a.RecordType == type && a.VersionAfter != null)
            .OrderByDescending(a => a.At).Take(MostSaves).ToListAsync(ct);
        var later = Following(rows, version);
        var changes = new Dictionary<string, FieldChange>(StringComparer.Ordinal);
        foreach (var (property, values) in later.SelectMany(a => SavedChange.Of(a).Fields))
            changes[property] = new(changes.TryGetValue(property, out var first) ? first.Old : values.Old, values.New);
        return later.Count == 0 ? null : new(later[^1].UserId, later[^1].At, changes);
    }

    public Task<OperationEnd?> EndOfAsync(long operation, long userId, CancellationToken ct) =>
        db.Set<AuditEntry>().Where(a => a.Operation == operation && a.UserId == userId).OrderByDescending(a => a.At).Select(a => new OperationEnd(a.At, a.Why)).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<SavedChange>> OfOperationAsync(long operation, long? before, int limit, CancellationToken ct)
    {
        var rows = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.Operation == operation && (before == null || a.Id < before)).OrderByDescending(a => a.Id).Take(limit).ToListAsync(ct);
        return [.. rows.Select(a => SavedChange.Of(a))];
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditFilter filter, MomentPlace? before, int limit, CancellationToken ct)
    {
        var rows = db.Set<AuditEntry>().AsNoTracking();
        if (filter.RecordType is { } type)
            rows = rows.Where(a => a.RecordType == type);
        if (filter.RecordId is { } record)
            rows = rows.Where(a => a.RecordId == record);
        if (filter.UserId is { } user)
            rows = rows.Where(a => a.UserId == user);
        if (filter.Kind is { } kind)
            rows = rows.Where(a => a.Kind == kind);
        if (filter.From is { } from)
            rows = rows.Where(a => a.At >= from);
        if (filter.Until is { } until)
            rows = rows.Where(a => a.At < until);
        if (filter.SavesOnly)
            rows = rows.Where(a => a.VersionAfter != null);
        if (before is var (at, id))
            rows = rows.Where(a => a.At < at || (a.At == at && a.Id < id));
        return await rows.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(limit).ToListAsync(ct);
    }

    public async Task<SavedChange?> FindAsync(string type, long recordId, long id, CancellationToken ct) =>
        await db.Set<AuditEntry>().AsNoTracking().Where(a => a.Id == id && a.RecordId == recordId && a.RecordType == type).FirstOrDefaultAsync(ct) is { } row ? SavedChange.Of(row) : null;

    /// <summary>The saves after a version, each found by the version it was made over: ids and clocks of several processes give no order.</summary>
    private static List<AuditEntry> Following(IReadOnlyList<AuditEntry> rows, Guid version)
    {
        var (next, following) = (rows.Where(a => a.VersionBefore is not null).DistinctBy(a => a.VersionBefore).ToDictionary(a => a.VersionBefore!.Value), new List<AuditEntry>());
        while (next.Remove(version, out var save))
        {
            following.Add(save);
            version = save.VersionAfter!.Value;
        }
        return following;
    }
}
