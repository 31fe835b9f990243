using System.Globalization;
using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>What must be known of the records of a batch before they are put back, read at once for all of them.</summary>
internal sealed class UndoneRecords<T> where T : Record
{
    private readonly Dictionary<(long Id, RecordAction? Way), T> records = [];
    private Dictionary<long, T> seen = [];
    private HashSet<long> inTrash = [], owners = [], inUse = [];
    private IReadOnlySet<long> changed = new HashSet<long>();

    /// <summary>The record, to change; null when it cannot be reached by the right that taking the save back needs.</summary>
    public T? Find(SavedChange save) => records.GetValueOrDefault((save.RecordId, WayOf(save)));

    public bool IsSeen(SavedChange save) => seen.ContainsKey(save.RecordId);

    public string? TitleOf(SavedChange save) => seen.GetValueOrDefault(save.RecordId)?.Title;

    /// <summary>What was deleted has been brought back, what was created lies in the trash.</summary>
    public bool IsSoAlready(SavedChange save) => save.Kind switch
    {
        AuditKind.Deleted => IsSeen(save),
        AuditKind.Created => inTrash.Contains(save.RecordId),
        _ => false,
    };

    /// <summary>Someone changed a created record since.</summary>
    public bool WasChanged(T record) => changed.Contains(record.Id);

    /// <summary>Something hangs on a created record by now.</summary>
    public bool IsInUse(T record) => inUse.Contains(record.Id);

    /// <summary>Whether a former owner can be given a record.</summary>
    public bool CanOwn(long id) => owners.Contains(id);

    public static async Task<UndoneRecords<T>> ReadAsync(IServiceProvider services, long operation, IReadOnlyList<SavedChange> saves, CancellationToken ct)
    {
        var (known, rows) = (new UndoneRecords<T>(), services.GetRequiredService<IRepository<T>>());
        foreach (var way in saves.GroupBy(WayOf))
        {
            var ids = way.Select(s => s.RecordId).ToList();
            foreach (var record in way.Key is { } action ? await rows.GetAsync(ids, action, ct) : await rows.GetDeletedAsync(ids, ct))
                known.records[(record.Id, way.Key)] = record;
        }
        await known.ReadMissingAsync(rows, saves, ct);
        await known.ReadOwnersAsync(services, saves, ct);
        await known.ReadCreatedAsync(services, operation, [.. saves.Where(s => s.Kind == AuditKind.Created).Select(s => s.RecordId)], ct);
        return known;
    }

    /// <summary>Those of the others that he can see at least, or that lie in the trash.</summary>
    private async Task ReadMissingAsync(IRepository<T> rows, IReadOnlyList<SavedChange> saves, CancellationToken ct)
    {
        var missing = saves.Where(s => Find(s) is null).Select(s => s.RecordId).ToList();
        if (missing.Count == 0)
            return;
        seen = (await rows.Query().Where(r => missing.Contains(r.Id)).ToListAsync(ct)).ToDictionary(r => r.Id);
        inTrash = [.. await rows.Trash().Where(r => missing.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct)];
    }

    private async Task ReadOwnersAsync(IServiceProvider services, IReadOnlyList<SavedChange> saves, CancellationToken ct)
    {
        var ids = saves.Select(s => UndoneOwner.Id(s.Fields.GetValueOrDefault(nameof(IOwned.OwnerId))?.Old)).OfType<long>().Distinct().ToList();
        if (ids.Count > 0)
            owners = [.. await services.GetRequiredService<IRepository<User>>().Query().Where(u => ids.Contains(u.Id) && u.IsActive).Select(u => u.Id).ToListAsync(ct)];
    }

    private async Task ReadCreatedAsync(IServiceProvider services, long operation, IReadOnlyList<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return;
        changed = await services.GetRequiredService<IHistory>().ChangedElsewhereAsync(typeof(T).Name, ids, operation, ct);
        foreach (var kind in services.GetServices<IBelongings>().Where(b => b.Type == typeof(T).Name))
            inUse.UnionWith((await kind.CountAsync(ids, ct)).Select(held => held.Key));
    }

    /// <summary>The right by which a save is taken back; null for what lies in the trash.</summary>
    private static RecordAction? WayOf(SavedChange save) => save.Kind switch
    {
        AuditKind.Deleted => null,
        AuditKind.Restored or AuditKind.Created => RecordAction.Delete,
        AuditKind.Assigned => RecordAction.Assign,
        _ => RecordAction.Edit,
    };
}

/// <summary>Owners as the audit writes them.</summary>
internal static class UndoneOwner
{
    public static long? Id(string? text) => text is null ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
