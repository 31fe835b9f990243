using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Access;

/// <summary>The audit of the whole firm, for those who may read it. What a record held is told only of records that are the reader's to see.</summary>
public interface IAuditLog
{
    /// <summary>The newest first.</summary>
    /// <param name="before">Place to go on from, as the page before gave it.</param>
    Task<HistoryPage> ReadAsync(AuditFilter filter, string? before, CancellationToken ct);
}

internal sealed class AuditLog(IHistory history, HistoryNames names, RecordCatalogue catalogue, ICurrentUser user, IServiceProvider services) : IAuditLog
{
    private const int PageSize = 50;

    public async Task<HistoryPage> ReadAsync(AuditFilter filter, string? before, CancellationToken ct)
    {
        user.Access.Require(SpecialRight.ReadAudit);
        var rows = await history.ReadAsync(filter, MomentPlace.Read(before), PageSize + 1, ct);
        var lines = await names.OfAsync([.. rows.Take(PageSize).Select(LineOf)], ct);
        var trash = await InTrashAsync([.. lines.Where(l => l is { Type: not null, Title: null })], ct);
        return new([.. lines.Select(l => Cut(l, trash))], MomentPlace.Behind(rows, PageSize, r => new(r.At, r.Id)));
    }

    private HistoryLine LineOf(AuditEntry row)
    {
        var type = catalogue.Find(row.RecordType);
        return new(row, By: null, type, Title: null, [.. SavedChange.Of(row).Fields.Where(f => type?.Hides(f.Key) != true).Select(f => new HistoryChange(f.Key, type?.FindProperty(f.Key), f.Value.Old, f.Value.New))]);
    }

    /// <summary>Without what is not his to see: a private note stays its author's here too.</summary>
    private HistoryLine Cut(HistoryLine line, IReadOnlyDictionary<(string Type, long Id), string> trash)
    {
        if (line.Type is not { } type)
            return user.Access.ScopeOf(line.Entry.RecordType, RecordAction.View) == Scope.All ? line : line with { Changes = null };
        if (line.Title is not null || line.Entry.RecordId == 0)
            return line;
        return trash.TryGetValue((type.Name, line.Entry.RecordId), out var title) ? line with { Title = title, IsInTrash = true } : line with { Changes = null };
    }

    private async Task<Dictionary<(string Type, long Id), string>> InTrashAsync(IReadOnlyList<HistoryLine> lines, CancellationToken ct)
    {
        var found = new Dictionary<(string, long), string>();
        foreach (var type in lines.GroupBy(l => l.Type!))
        {
            foreach (var record in await type.Key.Accept(new Deleted(services, [.. type.Select(l => l.Entry.RecordId).Distinct()], ct)))
                found[(type.Key.Name, record.Id)] = record.Title;
        }
        return found;
    }

    private sealed class Deleted(IServiceProvider services, List<long> ids, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<Record>>>
    {
        public async Task<IReadOnlyList<Record>> Visit<T>(RecordType<T> type) where T : Record =>
            await services.GetRequiredService<IRepository<T>>().Trash().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
    }
}
