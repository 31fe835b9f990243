using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Common;

internal sealed class FileUsage(CrmDb db, IFileStore files, TimeProvider clock) : IFileUsage
{
    private const int DaysOfImports = 31;

    public async Task<long> OfAsync(long userId, CancellationToken ct)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-DaysOfImports);
        var imports = await db.Set<ImportRun>().Where(r => r.CreatedById == userId && r.CreatedAt >= since).Select(r => r.FileHash).Distinct().ToListAsync(ct);
        var stored = await db.Set<AttachmentVersion>().Where(v => v.ById == userId)
            .Join(db.Set<Attachment>().Where(a => a.DeletedAt == null), v => v.AttachmentId, a => a.Id, (v, _) => v.Size).SumAsync(ct);
        return imports.Sum(files.SizeOf) + stored;
    }

    public async Task<IReadOnlySet<string>> ReferredAsync(IReadOnlyList<string> hashes, CancellationToken ct)
    {
        var imports = await db.Set<ImportRun>().Where(r => hashes.Contains(r.FileHash)).Select(r => r.FileHash).Distinct().ToListAsync(ct);
        var attachments = await db.Set<Attachment>().Where(a => hashes.Contains(a.Hash)).Select(a => a.Hash).Distinct().ToListAsync(ct);
        var versions = await db.Set<AttachmentVersion>().Where(v => hashes.Contains(v.Hash)).Select(v => v.Hash).Distinct().ToListAsync(ct);
        return imports.Concat(attachments).Concat(versions).ToHashSet(StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<string>> NewestAsync(int limit, CancellationToken ct) =>
        await db.Set<Attachment>().OrderByDescending(a => a.Id).Select(a => a.Hash).Take(limit).ToListAsync(ct);
}
