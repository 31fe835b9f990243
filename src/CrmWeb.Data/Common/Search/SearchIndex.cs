namespace CrmWeb.Data.Common;

internal sealed class SearchIndex(CrmDb db, IDatabaseProvider provider) : ISearchIndex
{
    public Task MergeAsync(CancellationToken ct) => provider.MergeSearchAsync(db, ct);
}
