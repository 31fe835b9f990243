using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>The trash: own deletions for everyone, all of them for those with the right.</summary>
public interface ITrash
{
    /// <summary>Deletions the user may bring back, the newest first.</summary>
    /// <param name="before">Place to go on from, as the page before gave it.</param>
    Task<TrashPage> ReadAsync(TrashFilter filter, string? before, CancellationToken ct);

    /// <summary>Brings a record back as it was.</summary>
    /// <exception cref="RecordNotFoundException">It does not lie there, or is not his to bring back.</exception>
    /// <exception cref="RuleException">A value that may exist once was taken by another record meanwhile.</exception>
    Task<TrashRow> RestoreAsync(string type, long id, CancellationToken ct);
}

/// <param name="Type">Name of a record type; null for all.</param>
/// <param name="Text">A part of the title.</param>
public sealed record TrashFilter(string? Type = null, string? Text = null);

/// <param name="Types">What there can be in the user's trash.</param>
/// <param name="Before">Where earlier deletions begin; null when there are none.</param>
public sealed record TrashPage(IReadOnlyList<TrashRow> Rows, IReadOnlyList<RecordType> Types, string? Before);

/// <param name="Path">First part of the record's address.</param>
/// <param name="At">UTC.</param>
public sealed record TrashRow(string Type, string Path, long Id, string Title, DateTime At, long? ById)
{
    /// <summary>Name of who deleted it.</summary>
    public string? By { get; init; }

    /// <summary>What hangs on it and is there again with it: type and number.</summary>
    public IReadOnlyList<(string Type, int Count)> Belongings { get; init; } = [];
}

/// <summary>Counts what hangs on records of a type, as far as the user may see it.</summary>
public interface IBelongings
{
    /// <summary>Name of the record type they hang on.</summary>
    string Type { get; }

    Task<ILookup<long, (string Type, int Count)>> CountAsync(IReadOnlyCollection<long> ids, CancellationToken ct);
}

internal sealed class Trash(IServiceProvider services, RecordCatalogue catalogue, ISearchService search, IEnumerable<IBelongings> belongings, ICurrentUser user) : ITrash
{
    private const int PageSize = 50;

    public async Task<TrashPage> ReadAsync(TrashFilter filter, string? before, CancellationToken ct)
    {
        var (types, place, rows) = (Deletable().ToList(), MomentPlace.Read(before), new List<TrashRow>());
        foreach (var type in types.Where(t => filter.Type is null || t.Name == filter.Type))
            rows.AddRange(await type.Accept(new Reader(services, user, filter.Text, place, ct)));
        var found = rows.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(PageSize + 1).ToList();
        return new(await NamedAsync([.. found.Take(PageSize)], ct), types, MomentPlace.Behind(found, PageSize, r => new(r.At, r.Id)));
    }

    public Task<TrashRow> RestoreAsync(string type, long id, CancellationToken ct) =>
        Deletable().FirstOrDefault(t => t.Name == type) is { } found ? found.Accept(new Restorer(services, user, id, ct)) : throw new RecordNotFoundException(typeof(Record), id);

    private IEnumerable<RecordType> Deletable() => catalogue.Types.Where(t => t.With(FieldUse.Form).Any() && user.Access.May(t.Name, RecordAction.Delete));

    private async Task<IReadOnlyList<TrashRow>> NamedAsync(List<TrashRow> rows, CancellationToken ct)
    {
        var people = await search.TitlesAsync(nameof(User), [.. rows.Select(r => r.ById).OfType<long>().Distinct()], ct);
        var named = rows.ConvertAll(r => r with { By = r.ById is { } by ? people.GetValueOrDefault(by) : null });
        foreach (var kind in belongings)
        {
            var counts = await kind.CountAsync([.. rows.Where(r => r.Type == kind.Type).Select(r => r.Id)], ct);
            named = named.ConvertAll(r => r.Type == kind.Type ? r with { Belongings = [.. counts[r.Id]] } : r);
        }
        return named;
    }

    private static IQueryable<T> Mine<T>(IServiceProvider services, ICurrentUser user) where T : Record
    {
        var (rows, me) = (services.GetRequiredService<IRepository<T>>().Trash(), user.Id);
        return user.Access.Has(SpecialRight.RestoreOthers) ? rows : rows.Where(r => r.DeletedById == me);
    }

    private sealed class Reader(IServiceProvider services, ICurrentUser user, string? text, MomentPlace? before, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<TrashRow>>>
    {
        public async Task<IReadOnlyList<TrashRow>> Visit<T>(RecordType<T> type) where T : Record
        {
            var rows = Mine<T>(services, user);
            if (TextFold.Fold(text ?? "") is { Length: > 0 } part) // the key holds the title folded, and its pinyin
                rows = rows.Where(r => r.SortKey.Contains(part));
            if (before is var (at, id))
                rows = rows.Where(r => r.DeletedAt < at || (r.DeletedAt == at && r.Id < id));
            var found = await rows.OrderByDescending(r => r.DeletedAt).ThenByDescending(r => r.Id).Take(PageSize + 1).ToListAsync(ct);
            return [.. found.Select(r => new TrashRow(type.Name, type.Path, r.Id, r.Title, r.DeletedAt!.Value, r.DeletedById))];
        }
    }

    private sealed class Restorer(IServiceProvider services, ICurrentUser user, long id, CancellationToken ct) : IRecordTypeVisitor<Task<TrashRow>>
    {
        public async Task<TrashRow> Visit<T>(RecordType<T> type) where T : Record
        {
            if (!await Mine<T>(services, user).Where(r => r.Id == id).Select(r => r.Id).AnyAsync(ct))
                throw new RecordNotFoundException(typeof(T), id);
            var record = await services.GetRequiredService<IRepository<T>>().GetDeletedAsync(id, ct);
            var (at, by) = (record.DeletedAt!.Value, record.DeletedById);
            record.Restore();
            await services.GetRequiredService<IUnitOfWork>().SaveAsync(ct);
            return new(type.Name, type.Path, id, record.Title, at, by);
        }
    }
}
