using System.Collections.Concurrent;

namespace CrmWeb.Services.Common;

/// <summary>What was read of the records of a type, such as counts over all matches, kept until one of them is saved, and a minute at most: another process may have saved one.</summary>
public sealed class ListCache(TimeProvider clock)
{
    private const int MostKept = 2_000;
    private readonly ConcurrentDictionary<string, long> generations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Type, long Generation, long Minute, object Key), Task> kept = new();

    /// <summary>Answers from memory, or reads once for all who ask at the same time.</summary>
    /// <param name="key">Everything the answer depends on: filters, the day, and what the viewer may see.</param>
    public async Task<T> GetAsync<T>(string type, object key, Func<Task<T>> read)
    {
        if (kept.Count > MostKept)
            kept.Clear();
        var place = Place(type, key);
        try
        {
            return await (Task<T>)kept.GetOrAdd(place, _ => read());
        }
        catch
        {
            kept.TryRemove(place, out _);
            throw;
        }
    }

    /// <summary>What is kept, without reading; null when nothing is.</summary>
    public async Task<T?> FindAsync<T>(string type, object key) where T : class =>
        kept.TryGetValue(Place(type, key), out var found) && found.IsCompletedSuccessfully ? await (Task<T>)found : null;

    /// <summary>Forgets what was read of types that were saved.</summary>
    public void Drop(IEnumerable<string> types)
    {
        foreach (var type in types.Distinct(StringComparer.Ordinal))
            generations.AddOrUpdate(type, 1, (_, n) => n + 1);
    }

    private (string Type, long Generation, long Minute, object Key) Place(string type, object key) =>
        (type, generations.GetValueOrDefault(type), clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute, key);
}
