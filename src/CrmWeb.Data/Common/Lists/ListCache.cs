using System.Collections.Concurrent;

namespace CrmWeb.Data.Common;

/// <summary>Counts and sums over all matches of a list, kept until a record of the type is saved, and a minute at most: another process may have saved one.</summary>
public sealed class ListCache(TimeProvider clock)
{
    private const int MostKept = 2_000;
    private readonly ConcurrentDictionary<string, long> generations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Type, long Generation, long Minute, string Key), Task<ListTotals>> kept = new();

    /// <summary>Answers from memory, or counts once for all who ask at the same time.</summary>
    /// <param name="key">Everything the numbers depend on: filters, the day, and what the viewer may see.</param>
    public async Task<ListTotals> GetAsync(string type, string key, Func<Task<ListTotals>> count)
    {
        if (kept.Count > MostKept)
            kept.Clear();
        var place = Place(type, key);
        try
        {
            return await kept.GetOrAdd(place, _ => count());
        }
        catch
        {
            kept.TryRemove(place, out _);
            throw;
        }
    }

    /// <summary>What is kept, without counting; null when nothing is.</summary>
    public async Task<ListTotals?> FindAsync(string type, string key) =>
        kept.TryGetValue(Place(type, key), out var found) && found.IsCompletedSuccessfully ? await found : null;

    /// <summary>Forgets the numbers of types that were saved.</summary>
    public void Drop(IEnumerable<string> types)
    {
        foreach (var type in types.Distinct(StringComparer.Ordinal))
            generations.AddOrUpdate(type, 1, (_, n) => n + 1);
    }

    private (string Type, long Generation, long Minute, string Key) Place(string type, string key) =>
        (type, generations.GetValueOrDefault(type), clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute, key);
}
