using System.Text.Json;
using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Access;

/// <summary>Reads what the save pipeline wrote into the audit.</summary>
internal sealed class History(CrmDb db) : IHistory
{
    private const int MostSaves = 1_000;

    public async Task<ChangesSince?> SinceAsync(string type, long id, Guid version, CancellationToken ct)
    {
        var rows = db.Set<AuditEntry>().AsNoTracking().Where(a => a.RecordId == id && a.RecordType == type);
        var shown = await rows.Where(a => a.VersionAfter == version).Select(a => (long?)a.Id).FirstOrDefaultAsync(ct);
        if (shown is null)
            return null;

        var later = await rows.Where(a => a.Id > shown).OrderBy(a => a.Id).Take(MostSaves).ToListAsync(ct);
        var changes = new Dictionary<string, FieldChange>(StringComparer.Ordinal);
        foreach (var (property, values) in later.SelectMany(a => Fields(a.Changes)))
            changes[property] = new(changes.TryGetValue(property, out var first) ? first.Old : values[0], values[1]);
        return later.Count == 0 ? null : new(later[^1].UserId, later[^1].At, changes);
    }

    private static Dictionary<string, string?[]> Fields(string? json) => json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?[]>>(json)!;
}
