using System.Linq.Expressions;
using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

internal sealed class RecordMatcher(CrmDb db, IServiceProvider services, RecordCatalogue catalogue, ICurrentUser user, TimeProvider clock) : IRecordMatcher
{
    private const int Chunk = 400, MostColleagues = 10_000, MostTagged = 5_000, MostTags = 500;

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
        foreach (var person in await services.GetRequiredService<IRepository<User>>().Query().Listed(catalogue.Of<User>()).Where(u => u.IsActive).OrderBy(u => u.Id).Select(u => new { u.Id, u.Name, u.Email }).Take(MostColleagues).ToListAsync(ct))
        {
            colleagues.TryAdd(TextFold.Fold(person.Name), person.Id);
            if (person.Email is not null)
                colleagues.TryAdd(person.Email, person.Id);
        }
        return colleagues;
    }

    public Task<IReadOnlyList<string>> TagsAsync(string type, CancellationToken ct) => catalogue[type].Accept(new TagReader(services, user, clock, ct));

    private sealed class TagReader(IServiceProvider services, ICurrentUser user, TimeProvider clock, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<string>>>
    {
        public async Task<IReadOnlyList<string>> Visit<T>(RecordType<T> type) where T : Record
        {
            if (type.Tags is not { } tags)
                return [];
            var tagged = new FilterExpressions(user, clock).Apply(services.GetRequiredService<IRepository<T>>().Query(), [new(0, tags, FilterOperator.Empty, "false")]);
            var found = await tagged.OrderByDescending(r => r.Id).Select((Expression<Func<T, IReadOnlyList<string>>>)tags.Value).Take(MostTagged).ToListAsync(ct);
            return [.. found.SelectMany(t => t).CountBy(t => t, StringComparer.OrdinalIgnoreCase).OrderByDescending(t => t.Value).ThenBy(t => t.Key, StringComparer.Ordinal).Take(MostTags).Select(t => t.Key)];
        }
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
