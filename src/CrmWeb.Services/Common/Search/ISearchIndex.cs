namespace CrmWeb.Services.Common;

/// <summary>The index behind <see cref="ISearchService"/>.</summary>
public interface ISearchIndex
{
    /// <summary>Brings it into the shape that is searched fastest, in short steps between which others write.</summary>
    Task MergeAsync(CancellationToken ct);
}
