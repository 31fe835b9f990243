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

    public async Task<IReadOnlyDictionary<string, int>> CountOfOperationAsync(long operation, CancellationToken ct)
    {
        var records = db.Set<AuditEntry>().Where(a => a.Operation == operation && a.VersionAfter != null).Select(a => new { a.RecordType, a.RecordId }).Distinct();
        return (await records.GroupBy(r => r.RecordType).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).ToDictionary(g => g.Key, g => g.Count, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<SavedChange>> OfOperationAsync(long operation, string? type, long after, int limit, CancellationToken ct)
    {
        var saves = db.Set<AuditEntry>().AsNoTracking().Where(a => a.Operation == operation && a.RecordId > after && a.VersionAfter != null && (type == null || a.RecordType == type));
        var rows = await saves.OrderBy(a => a.RecordId).ThenBy(a => a.Id).Take(limit).ToListAsync(ct);
        if (rows.Count == limit) // the last one may have more saves than were read
        {
            var last = rows[^1].RecordId;
            rows.RemoveAll(a => a.RecordId == last);
            if (rows.Count == 0)
                rows = await saves.Where(a => a.RecordId == last).ToListAsync(ct);
        }
        return [.. rows.GroupBy(a => a.RecordId).Select(g => SavedChange.Net([.. g.OrderBy(a => a.At).ThenBy(a => a.Id).Select(SavedChange.Of)]))];
    }

    public async Task<IReadOnlySet<long>> ChangedElsewhereAsync(string type, IReadOnlyCollection<long> ids, long operation, CancellationToken ct)
    {
        HashSet<long> changed = [.. await Changes().Where(a => ids.Contains(a.RecordId) && a.RecordType == type && a.Operation != operation).Select(a => a.RecordId).Distinct().ToListAsync(ct)];
        return changed;
    }

    public Task<int> CountChangedSinceAsync(long operation, string type, AuditKind kind, CancellationToken ct) =>
        db.Set<AuditEntry>().Where(a => a.Operation == operation && a.RecordType == type && a.Kind == kind)
            .Where(a => Changes().Any(b => b.RecordId == a.RecordId && b.RecordType == type && b.Operation != operation && b.At >= a.At)).Select(a => a.RecordId).Distinct().CountAsync(ct);

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
            rows = rows.Where(a => a.VersionAfter != null || a.Kind == AuditKind.Shared || a.Kind == AuditKind.Unshared);
        if (before is var (at, id))
            rows = rows.Where(a => a.At < at || (a.At == at && a.Id < id));
        return await rows.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(limit).ToListAsync(ct);
    }

    public async Task<SavedChange?> FindAsync(string type, long recordId, long id, CancellationToken ct) =>
        await db.Set<AuditEntry>().AsNoTracking().Where(a => a.Id == id && a.RecordId == recordId && a.RecordType == type).FirstOrDefaultAsync(ct) is { } row ? SavedChange.Of(row) : null;

    private IQueryable<AuditEntry> Changes() => db.Set<AuditEntry>().AsNoTracking().Where(a => a.Kind == AuditKind.Changed || a.Kind == AuditKind.Assigned);

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
