namespace CrmWeb.Data.Common;

internal sealed class ImportReset(CrmDb db) : IImportReset
{
    public async Task BeginAsync(long runId, bool isDryRun, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = await db.Set<ImportProgress>().AsNoTracking().FirstOrDefaultAsync(p => p.ImportRunId == runId, ct);
        if (isDryRun || before?.IsDryRun == true)
        {
            await db.Set<ImportRow>().Where(r => r.ImportRunId == runId).ExecuteDeleteAsync(ct);
            await db.Set<ImportProgress>().Where(p => p.ImportRunId == runId).ExecuteUpdateAsync(
                s => s.SetProperty(p => p.IsDryRun, isDryRun).SetProperty(p => p.Rows, 0).SetProperty(p => p.Created, 0).SetProperty(p => p.Updated, 0)
                    .SetProperty(p => p.Skipped, 0).SetProperty(p => p.Rejected, 0).SetProperty(p => p.Tied, 0), ct);
        }
        await transaction.CommitAsync(ct);
    }

    public Task DropFixesAsync(long runId, CancellationToken ct) => db.Set<ImportFix>().Where(f => f.ImportRunId == runId).ExecuteDeleteAsync(ct);
}
