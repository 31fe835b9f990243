using System.Linq.Expressions;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

/// <summary>Finds records of all types: exact value first, then beginning of the name, then any fragment, newest first.</summary>
internal sealed class SearchService(IServiceProvider services, CrmDb db, ICurrentUser user, RecordCatalogue catalogue) : ISearchService
{
    private const int MostTitles = 500;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(string text, int perType, CancellationToken ct)
    {
        var found = new List<SearchHit>();
        foreach (var type in catalogue.Types.Where(t => t.Entity.IsAssignableTo(typeof(ISearchable)) && user.Access.May(t.Name, RecordAction.View)))
            found.AddRange(await type.Accept(new Finder(services, db, text, perType, ct)));
        return found;
    }

    public async Task<IReadOnlyList<SearchHit>> FindAsync(RecordType type, string text, int most, CancellationToken ct) =>
        user.Access.May(type.Name, RecordAction.View) ? await type.Accept(new Finder(services, db, text, most, ct)) : [];

    public async Task<IReadOnlyList<SearchHit>> FirstAsync(RecordType type, int most, CancellationToken ct) =>
        user.Access.May(type.Name, RecordAction.View) ? await type.Accept(new FirstReader(services, most, ct)) : [];

    private sealed class FirstReader(IServiceProvider services, int most, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<SearchHit>>>
    {
        public async Task<IReadOnlyList<SearchHit>> Visit<T>(RecordType<T> type) where T : Record
        {
            var found = await services.GetRequiredService<ListRows>().Walked(type, ListQuery.Parse(type, [])).OrderBy(r => r.SortKey).ThenBy(r => r.Id)
                .Select(Finder.Projection<T>(type.Fields.First(f => f.Kind == FieldKind.Title))).Take(most).ToListAsync(ct);
            return [.. found.Select(f => new SearchHit(type, (long)f[0]!, (string)f[1]!, f[2..]))];
        }
    }

    public async Task<IReadOnlyDictionary<long, string>> TitlesAsync(string type, IReadOnlyList<long> ids, CancellationToken ct) =>
        ids.Count == 0 ? new Dictionary<long, string>() : await catalogue[type].Accept(new TitleReader(services, [.. ids.Distinct().Take(MostTitles)], ct));

    private sealed class TitleReader(IServiceProvider services, List<long> ids, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyDictionary<long, string>>>
    {
        public async Task<IReadOnlyDictionary<long, string>> Visit<T>(RecordType<T> type) where T : Record
        {
            var rows = services.GetRequiredService<IRepository<T>>().Query().Where(r => ids.Contains(r.Id));
            var found = await rows.Select(Finder.Projection<T>(type.Fields.First(f => f.Kind == FieldKind.Title))).ToListAsync(ct);
            return found.ToDictionary(f => (long)f[0]!, f => (string)f[1]!);
        }
    }

    private sealed class Finder(IServiceProvider services, CrmDb db, string text, int most, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<SearchHit>>>
    {
        public async Task<IReadOnlyList<SearchHit>> Visit<T>(RecordType<T> type) where T : Record
        {
            var (rows, found) = (services.GetRequiredService<IRepository<T>>().Query().Listed(type), new List<SearchHit>());
            if (text.Length > 200 || SearchText.Terms(text).Count == 0)
                return [];

            var keys = SearchKeys.Of(text);
            if (keys.Count > 0)
                await AddAsync(type, rows.Where(r => db.Set<MatchKeyRow>().Any(k => keys.Contains(k.Key) && k.RecordId == r.Id)).OrderByDescending(r => r.Id), found);
            if (found.Count < most)
                await AddAsync(type, SearchRows.Prefix(rows, TextFold.Fold(text)).OrderBy(r => r.SortKey), found);
            if (found.Count < most)
                await AddAsync(type, SearchRows.Matching(db, rows, text), found);
            return found;
        }

        private async Task AddAsync<T>(RecordType<T> type, IQueryable<T> rows, List<SearchHit> found) where T : Record
        {
            var title = type.Fields.First(f => f.Kind == FieldKind.Title);
            var hits = await rows.Select(Projection<T>(title)).Take(most).ToListAsync(ct);
            foreach (var hit in hits.Where(h => !found.Exists(f => f.Id == (long)h[0]!)).Take(most - found.Count))
                found.Add(new(type, (long)hit[0]!, (string)hit[1]!, hit[2..]));
        }

        internal static Expression<Func<T, object?[]>> Projection<T>(Field title) where T : Record
        {
            var row = title.Value.Parameters[0];
            var cells = title.Extras.Select(e => new RowScope.Swap(e.Parameters[0], row).Visit(e.Body)).Prepend(title.Value.Body)
                .Prepend(Expression.Convert(Expression.Property(row, nameof(Record.Id)), typeof(object)));
            return Expression.Lambda<Func<T, object?[]>>(Expression.NewArrayInit(typeof(object), cells.Select(c => Expression.Convert(c, typeof(object)))), row);
        }
    }
}

/// <summary>The exact values a typed text may be.</summary>
internal static class SearchKeys
{
    public static IReadOnlyList<string> Of(string text)
    {
        var (folded, keys) = (TextFold.Fold(text), new List<string>());
        if (folded.Contains('@', StringComparison.Ordinal))
            keys.Add(MatchKeyRow.Of(new(MatchKind.Email, folded)));
        else if (folded.Contains('-', StringComparison.Ordinal) && char.IsAsciiLetter(folded[0]))
            keys.Add(MatchKeyRow.Of(new(MatchKind.Number, folded)));
        if (text.TrimStart().StartsWith('+') && text.Count(char.IsAsciiDigit) >= 6)
            keys.Add(MatchKeyRow.Of(new(MatchKind.Phone, "+" + string.Concat(text.Where(char.IsAsciiDigit)))));
        if (folded.Length >= 8 && folded.All(c => char.IsAsciiLetterOrDigit(c)) && folded.Any(char.IsAsciiDigit))
            keys.Add(MatchKeyRow.Of(new(MatchKind.TaxNumber, folded)));
        return keys;
    }
}
