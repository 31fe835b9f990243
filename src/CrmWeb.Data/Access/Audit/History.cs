using System.Text.Json;
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
        foreach (var (property, values) in later.SelectMany(a => Fields(a.Changes)))
            changes[property] = new(changes.TryGetValue(property, out var first) ? first.Old : values[0], values[1]);
        return later.Count == 0 ? null : new(later[^1].UserId, later[^1].At, changes);
    }

    public Task<OperationEnd?> EndOfAsync(long operation, long userId, CancellationToken ct) =>
        db.Set<AuditEntry>().Where(a => a.Operation == operation && a.UserId == userId).OrderByDescending(a => a.At).Select(a => new OperationEnd(a.At, a.Why)).FirstOrDefaultAsync(ct);

    public async Task<IReadOnlyList<SavedChange>> OfOperationAsync(long operation, long? before, int limit, CancellationToken ct)
    {
        var rows = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.Operation == operation && (before == null || a.Id < before)).OrderByDescending(a => a.Id).Take(limit).ToListAsync(ct);
        return [.. rows.Select(a => new SavedChange(a.Id, a.Kind, a.RecordType, a.RecordId, Fields(a.Changes).ToDictionary(f => f.Key, f => new FieldChange(f.Value[0], f.Value[1]), StringComparer.Ordinal), a.VersionAfter))];
    }

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

    private static Dictionary<string, string?[]> Fields(string? json) => json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?[]>>(json)!;
}
