namespace CrmWeb.Services.Common;

/// <summary>What requests have made, as it is stored: by the save itself, so that one cannot be there without the other.</summary>
public interface IIdempotencyKeys
{
    /// <summary>The record a request has made; null when it has made none.</summary>
    Task<long?> FindAsync(string key, CancellationToken ct);

    /// <summary>Removes what is older than a moment.</summary>
    /// <param name="before">UTC.</param>
    /// <returns>Rows removed.</returns>
    Task<int> TidyAsync(DateTime before, CancellationToken ct);
}

/// <summary>A request that makes something may come twice: a form clicked twice, an answer that got lost. The second makes nothing and gets what the first has made.</summary>
public sealed class Once(IIdempotencyKeys keys, Operation operation)
{
    /// <param name="key">Fingerprint of the request; null for one that is not to be known again.</param>
    /// <param name="make">Makes a record in one save and gives its id.</param>
    /// <returns>Id of the record, whoever has made it.</returns>
    public async Task<long> MakeAsync(string? key, Func<Task<long>> make, CancellationToken ct)
    {
        if (key is null)
            return await make();
        if (await keys.FindAsync(key, ct) is { } made)
            return made;

        operation.Key = key;
        try
        {
            return await make();
        }
        catch (RuleException)
        {
            // Both came at once: the other one's record, or its key, is what stood in the way.
            if (await keys.FindAsync(key, ct) is { } others)
                return others;
            throw;
        }
        finally
        {
            operation.Key = null;
        }
    }
}
