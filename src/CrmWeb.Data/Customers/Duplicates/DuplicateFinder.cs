using CrmWeb.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Customers;

/// <summary>Duplicates by exact keys first, then by names that begin alike.</summary>
internal sealed class DuplicateFinder(CrmDb db, HiddenMatches hidden, DifferentPairs pairs, IServiceProvider services) : IDuplicateFinder
{
    private const int Most = 3, Candidates = 50, AlikePercent = 88, NameStart = 3;

    private static readonly MatchKind[] Surest = [MatchKind.External, MatchKind.TaxNumber, MatchKind.Email, MatchKind.Phone, MatchKind.Name, MatchKind.Domain];

    public Task<IReadOnlyList<Duplicate>> FindAsync(RecordType type, FieldValues values, long? exceptId, CancellationToken ct) => type.Accept(new Finder(this, services, values, exceptId, ct));

    public async Task<IReadOnlyList<Duplicate>> SureAsync<T>(T draft, CancellationToken ct) where T : Record
    {
        var keys = KeysOf(draft);
        var sure = await SureKeysAsync(draft.Id, typeof(T).Name, keys, ct);
        return sure.Count == 0 ? [] : await FoundAsync(draft, draft.Id, keys.Where(k => sure.Contains(k.Key)).ToDictionary(StringComparer.Ordinal), sure, different: [], byName: false, ct);
    }

    private sealed class Finder(DuplicateFinder finder, IServiceProvider services, FieldValues values, long? exceptId, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<Duplicate>>>
    {
        public async Task<IReadOnlyList<Duplicate>> Visit<T>(RecordType<T> type) where T : Record
        {
            var draft = values.DraftOn(type, Activator.CreateInstance<T>());
            services.GetService<IRecordHooks<T>>()?.Normalize(draft);
            var keys = KeysOf(draft);
            return await finder.FoundAsync(draft, exceptId, keys, await finder.SureKeysAsync(exceptId, type.Name, keys, ct), values.Answer.Different, byName: true, ct);
        }
    }

    private async Task<IReadOnlyList<Duplicate>> FoundAsync<T>(
        T draft, long? id, Dictionary<string, MatchKind> keys, HashSet<string> sure, IReadOnlyList<long> different, bool byName, CancellationToken ct) where T : Record
    {
        var known = await pairs.Of(id).Take(1_000).ToListAsync(ct);
        var rows = services.GetRequiredService<IRepository<T>>().Query().Where(r => r.Id != id && !known.Contains(r.Id));
        var found = (await SameKeysAsync(rows, keys, sure, ct)).Where(f => f.IsSure || !different.Contains(f.Id)).ToList();
        if (byName && found.Count < Most && draft.Title.Trim().Length >= NameStart)
            found.AddRange((await AlikeAsync(rows, draft.Title, ct)).Where(a => !different.Contains(a.Id) && !found.Exists(f => f.Id == a.Id)).Take(Most));
        var told = await hidden.FindAsync(keys, sure, db.Set<T>().Where(r => r.DeletedAt == null && r.Id != id && !known.Contains(r.Id)), rows, ct);
        return [.. await WithOwnersAsync(rows, [.. found.Take(told is null ? Most : Most - 1)], ct), .. told is null ? Array.Empty<Duplicate>() : [told]];
    }

    private static Dictionary<string, MatchKind> KeysOf(Record draft) =>
        ((ISearchable)draft).MatchKeys.Where(k => Surest.Contains(k.Kind)).DistinctBy(MatchKeyRow.Of).ToDictionary(MatchKeyRow.Of, k => k.Kind, StringComparer.Ordinal);

    /// <summary>Tax numbers and e-mails that the record has not had so far.</summary>
    private async Task<HashSet<string>> SureKeysAsync(long? id, string type, Dictionary<string, MatchKind> keys, CancellationToken ct)
    {
        var sure = keys.Where(k => k.Value is MatchKind.TaxNumber or MatchKind.Email).Select(k => k.Key).ToHashSet(StringComparer.Ordinal);
        if (sure.Count > 0 && id > 0)
            sure.ExceptWith(await db.Set<MatchKeyRow>().Where(k => k.RecordId == id && k.Type == type).Select(k => k.Key).ToListAsync(ct));
        return sure;
    }

    private async Task<List<Duplicate>> SameKeysAsync<T>(IQueryable<T> rows, Dictionary<string, MatchKind> keys, HashSet<string> sure, CancellationToken ct) where T : Record
    {
        if (keys.Count == 0)
            return [];
        var (wanted, type) = (keys.Keys.ToList(), typeof(T).Name);
        var hits = await db.Set<MatchKeyRow>().Where(k => wanted.Contains(k.Key) && k.Type == type)
            .Join(rows, k => k.RecordId, r => r.Id, (k, r) => new { r.Id, k.Key }).Take(Candidates).ToListAsync(ct);
        return [.. hits.GroupBy(h => h.Id)
            .Select(g => new Duplicate(g.Key, "", Owner: null, g.Select(h => keys[h.Key]).MinBy(k => Array.IndexOf(Surest, k)), 100) { IsSure = g.Any(h => sure.Contains(h.Key)) })
            .OrderByDescending(d => d.IsSure).ThenBy(d => Array.IndexOf(Surest, d.Reason))];
    }

    private static async Task<IEnumerable<Duplicate>> AlikeAsync<T>(IQueryable<T> rows, string title, CancellationToken ct) where T : Record
    {
        var start = Pinyin.SortKey(title) is var key && key.Length > NameStart ? key[..NameStart] : key;
        var names = await SearchRows.Prefix(rows, start).OrderBy(r => r.SortKey).Select(r => new { r.Id, r.SortKey }).Take(1_000).ToListAsync(ct);
        var sorted = Pinyin.SortKey(title);
        return names.Select(n => new Duplicate(n.Id, "", Owner: null, MatchKind.Name, NameSimilarity.Percent(sorted, n.SortKey)))
            .Where(n => n.Percent >= AlikePercent).OrderByDescending(n => n.Percent);
    }

    private async Task<IReadOnlyList<Duplicate>> WithOwnersAsync<T>(IQueryable<T> rows, IReadOnlyList<Duplicate> found, CancellationToken ct) where T : Record
    {
        if (found.Count == 0)
            return found;
        var ids = found.Select(f => f.Id).ToList();
        var titles = (await rows.Where(r => ids.Contains(r.Id)).ToListAsync(ct)).ToDictionary(r => r.Id);
        var ownerIds = titles.Values.Select(r => (r as IOwned)?.OwnerId).OfType<long>().Distinct().ToList();
        var owners = await db.Set<Domain.Access.User>().Where(u => ownerIds.Contains(u.Id)).Select(u => new { u.Id, u.Name }).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        return [.. found.Select(f => f with { Title = titles[f.Id].Title, Owner = (titles[f.Id] as IOwned)?.OwnerId is { } o ? owners.GetValueOrDefault(o) : null })];
    }
}
