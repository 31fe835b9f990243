using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

internal sealed class RecordMatcher(CrmDb db, IServiceProvider services, RecordCatalogue catalogue) : IRecordMatcher
{
    private const int Chunk = 400, MostColleagues = 10_000;

    public async Task<IReadOnlyDictionary<MatchKey, long>> FindAsync(string type, IReadOnlyCollection<MatchKey> keys, CancellationToken ct)
    {
        var found = new Dictionary<MatchKey, long>();
        foreach (var chunk in keys.Distinct().ToDictionary(MatchKeyRow.Of, StringComparer.Ordinal).Chunk(Chunk))
        {
            var byText = chunk.ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);
            foreach (var (text, id) in await catalogue[type].Accept(new Reader(db, services, type, [.. byText.Keys], ct)))
            {
                var key = byText[text];
                found[key] = found.TryGetValue(key, out var other) ? Math.Min(other, id) : id;
            }
        }
        return found;
    }

    public async Task<IReadOnlyDictionary<string, long>> ColleaguesAsync(CancellationToken ct)
    {
        var colleagues = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var user in await services.GetRequiredService<IRepository<User>>().Query().Listed(catalogue.Of<User>()).Where(u => u.IsActive).OrderBy(u => u.Id).Select(u => new { u.Id, u.Name, u.Email }).Take(MostColleagues).ToListAsync(ct))
        {
            colleagues.TryAdd(TextFold.Fold(user.Name), user.Id);
            if (user.Email is not null)
                colleagues.TryAdd(user.Email, user.Id);
        }
        return colleagues;
    }

    private sealed class Reader(CrmDb db, IServiceProvider services, string name, List<string> keys, CancellationToken ct) : IRecordTypeVisitor<Task<List<(string, long)>>>
    {
        public async Task<List<(string, long)>> Visit<T>(RecordType<T> type) where T : Record
        {
            var rows = services.GetRequiredService<IRepository<T>>().Query();
            var found = await db.Set<MatchKeyRow>().Where(k => keys.Contains(k.Key) && k.Type == name).Join(rows, k => k.RecordId, r => r.Id, (k, r) => new { k.Key, r.Id }).ToListAsync(ct);
            return found.ConvertAll(f => (f.Key, f.Id));
        }
    }
}
