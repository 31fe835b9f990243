using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Customers;

/// <summary>Duplicates by exact keys first, then by names that begin alike.</summary>
internal sealed class DuplicateFinder(CrmDb db, HiddenMatches hidden, IServiceProvider services) : IDuplicateFinder
{
    private const int Most = 3, Candidates = 50, AlikePercent = 88, NameStart = 3;

    private static readonly MatchKind[] Surest = [MatchKind.External, MatchKind.TaxNumber, MatchKind.Email, MatchKind.Phone, MatchKind.Name, MatchKind.Domain];

    public Task<IReadOnlyList<Duplicate>> FindAsync(RecordType type, FieldValues values, long? exceptId, CancellationToken ct) =>
        type.Accept(new Finder(db, hidden, services, values, exceptId, ct));

    private sealed class Finder(CrmDb db, HiddenMatches hidden, IServiceProvider services, FieldValues values, long? exceptId, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<Duplicate>>>
    {
        public async Task<IReadOnlyList<Duplicate>> Visit<T>(RecordType<T> type) where T : Record
        {
            var draft = Activator.CreateInstance<T>();
            foreach (var (key, value) in values.Where(v => v.Value is not null))
            {
                if (type.Find(key) is { CanSet: true } field)
                    field.Set(draft, value);
            }
            if (draft is Customer customer)
                customer.PhoneE164 = customer.Phone is { } phone ? Phones.ToE164(phone, customer.Country) : null;
            if (draft is Contact contact)
                (contact.PhoneE164, contact.MobileE164) = (contact.Phone is { } work ? Phones.ToE164(work, contact.Country) : null, contact.Mobile is { } mobile ? Phones.ToE164(mobile, contact.Country) : null);

            var rows = services.GetRequiredService<IRepository<T>>().Query().Where(r => r.Id != exceptId);
            var keys = ((ISearchable)draft).MatchKeys.Where(k => Surest.Contains(k.Kind)).DistinctBy(MatchKeyRow.Of).ToDictionary(MatchKeyRow.Of, k => k.Kind, StringComparer.Ordinal);
            var found = await SameKeysAsync(rows, keys, type.Name);
            if (found.Count < Most && draft.Title.Trim().Length >= NameStart)
                found.AddRange((await AlikeAsync(rows, draft.Title)).Where(a => !found.Exists(f => f.Id == a.Id)));
            var told = await hidden.FindAsync(keys, db.Set<T>().Where(r => r.DeletedAt == null && r.Id != exceptId), rows, ct);
            return [.. await WithOwnersAsync(rows, [.. found.Take(told is null ? Most : Most - 1)]), .. told is null ? Array.Empty<Duplicate>() : [told]];
        }

        private async Task<List<Duplicate>> SameKeysAsync<T>(IQueryable<T> rows, Dictionary<string, MatchKind> keys, string type) where T : Record
        {
            if (keys.Count == 0)
                return [];
            var wanted = keys.Keys.ToList();
            var hits = await db.Set<MatchKeyRow>().Where(k => wanted.Contains(k.Key) && k.Type == type)
                .Join(rows, k => k.RecordId, r => r.Id, (k, r) => new { r.Id, k.Key }).Take(Candidates).ToListAsync(ct);
            var found = hits.GroupBy(h => h.Id).Select(g => g.OrderBy(h => Array.IndexOf(Surest, keys[h.Key])).First()).OrderBy(h => Array.IndexOf(Surest, keys[h.Key])).ToList();
            return [.. found.Select(h => new Duplicate(h.Id, "", Owner: null, keys[h.Key], 100))];
        }

        private async Task<IEnumerable<Duplicate>> AlikeAsync<T>(IQueryable<T> rows, string title) where T : Record
        {
            var start = Pinyin.SortKey(title) is var key && key.Length > NameStart ? key[..NameStart] : key;
            var names = await SearchRows.Prefix(rows, start).OrderBy(r => r.SortKey).Select(r => new { r.Id, r.SortKey }).Take(1_000).ToListAsync(ct);
            var sorted = Pinyin.SortKey(title);
            return names.Select(n => new Duplicate(n.Id, "", Owner: null, MatchKind.Name, NameSimilarity.Percent(sorted, n.SortKey)))
                .Where(n => n.Percent >= AlikePercent).OrderByDescending(n => n.Percent).Take(Most);
        }

        private async Task<IReadOnlyList<Duplicate>> WithOwnersAsync<T>(IQueryable<T> rows, IReadOnlyList<Duplicate> found) where T : Record
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
}
