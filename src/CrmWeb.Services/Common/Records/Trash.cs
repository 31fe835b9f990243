using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>The trash: own deletions for everyone, all of them for those with the right.</summary>
public interface ITrash
{
    /// <summary>The newest deletions the user may bring back.</summary>
    Task<IReadOnlyList<TrashRow>> ReadAsync(CancellationToken ct);

    /// <summary>Brings a record back as it was.</summary>
    /// <exception cref="RecordNotFoundException">It does not lie there, or is not his to bring back.</exception>
    Task<TrashRow> RestoreAsync(string type, long id, CancellationToken ct);
}

/// <param name="Path">First part of the record's address.</param>
/// <param name="At">UTC.</param>
public sealed record TrashRow(string Type, string Path, long Id, string Title, DateTime At, long? ById);

internal sealed class Trash(IServiceProvider services, RecordCatalogue catalogue, ICurrentUser user) : ITrash
{
    private const int MostPerType = 100;

    public async Task<IReadOnlyList<TrashRow>> ReadAsync(CancellationToken ct)
    {
        var rows = new List<TrashRow>();
        foreach (var type in Deletable())
            rows.AddRange(await type.Accept(new Reader(services, user, ct)));
        return [.. rows.OrderByDescending(r => r.At)];
    }

    public Task<TrashRow> RestoreAsync(string type, long id, CancellationToken ct) =>
        Deletable().FirstOrDefault(t => t.Name == type) is { } found ? found.Accept(new Restorer(services, user, id, ct)) : throw new RecordNotFoundException(typeof(Record), id);

    private IEnumerable<RecordType> Deletable() => catalogue.Types.Where(t => t.With(FieldUse.Form).Any() && user.Access.May(t.Name, RecordAction.Delete));

    private static IQueryable<T> Mine<T>(IServiceProvider services, ICurrentUser user) where T : Record
    {
        var (rows, me) = (services.GetRequiredService<IRepository<T>>().Trash(), user.Id);
        return user.Access.Has(SpecialRight.RestoreOthers) ? rows : rows.Where(r => r.DeletedById == me);
    }

    private sealed class Reader(IServiceProvider services, ICurrentUser user, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<TrashRow>>>
    {
        public async Task<IReadOnlyList<TrashRow>> Visit<T>(RecordType<T> type) where T : Record
        {
            var rows = await Mine<T>(services, user).OrderByDescending(r => r.DeletedAt).Take(MostPerType).ToListAsync(ct);
            return [.. rows.Select(r => new TrashRow(type.Name, type.Path, r.Id, r.Title, r.DeletedAt!.Value, r.DeletedById))];
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
