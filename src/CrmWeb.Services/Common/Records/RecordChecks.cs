using CrmWeb.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>Checks and side values around the saving of any record: references are visible, owners exist, hooks of the type run.</summary>
internal sealed class RecordChecks(IServiceProvider services, RecordCatalogue catalogue, ICurrentUser user, TimeProvider clock)
{
    /// <summary>A reference to a record the user may not see is "not found", beside its field.</summary>
    public async Task<IReadOnlyList<Broken>> ReferencesAsync(RecordType type, FieldValues values, CancellationToken ct)
    {
        var broken = new List<Broken>();
        foreach (var (key, value) in values)
        {
            if (type.Find(key) is { Reference: { } target } field && value is long id && !await ExistsAsync(target, id, ct))
                broken.Add(new("Error.ReferenceNotFound", field.Property));
        }
        return broken;
    }

    /// <summary>A new record belongs to its maker, or to the owner that was asked for.</summary>
    public async Task OwnAsync(Record record, FieldValues values, CancellationToken ct)
    {
        if (record is not IOwned owned)
            return;
        if (values.TryGetValue("owner", out var asked) && asked is long ownerId && ownerId != user.Id)
            await AssignAsync(record, ownerId, ct);
        else if (owned.OwnerId is null && user.Id != User.SystemId)
            owned.Assign(user.Id, user.Access.HomeTeamId);
    }

    public async Task AssignAsync(Record record, long? ownerId, CancellationToken ct)
    {
        Rule.Require(record is IOwned, "Record.HasNoOwner");
        var owner = await OwnerAsync(ownerId, ct);

        ((IOwned)record).Assign(owner.Id, owner.TeamId);
    }

    /// <summary>Someone whom records can be given to, with the team that goes along.</summary>
    /// <exception cref="RuleException">There is no such person at work.</exception>
    public async Task<NewOwner> OwnerAsync(long? ownerId, CancellationToken ct)
    {
        var teams = ownerId is null ? [] : await Repository<User>().Query().Where(u => u.Id == ownerId && u.IsActive).Select(u => new { u.HomeTeamId }).ToListAsync(ct);
        Rule.Require(ownerId is null || teams.Count == 1, "Error.ReferenceNotFound", nameof(IOwned.OwnerId));

        return new(ownerId, teams.Count == 1 ? teams[0].HomeTeamId : null);
    }

    /// <summary>The team that someone's records are of; null when he has none, or is not there.</summary>
    public Task<long?> TeamOfAsync(long? ownerId, CancellationToken ct) => Repository<User>().Query().Where(u => u.Id == ownerId).Select(u => u.HomeTeamId).FirstOrDefaultAsync(ct);

    public async Task DeleteAsync<T>(T record, CancellationToken ct) where T : Record
    {
        if (services.GetService<IRecordHooks<T>>() is { } hooks)
            await hooks.BeforeDeleteAsync(record, ct);
        record.Delete(clock.GetUtcNow().UtcDateTime, user.Id);
    }

    /// <summary>Puts values into a stored record, once everything that could be wrong with them was asked for.</summary>
    /// <param name="references">What <see cref="ReferencesAsync"/> found wrong: it is said together with the rest.</param>
    /// <exception cref="RuleException">A rule forbids it; the record must not be saved.</exception>
    public async Task ChangeAsync<T>(RecordType<T> type, T record, FieldValues values, IReadOnlyList<Broken> references, CancellationToken ct) where T : Record
    {
        Rule.RequireNone([.. values.CheckOn(type, record), .. references]);
        await CheckAsync(values.DraftOn(type, record), values, ct);
        values.ApplyTo(type, record);
        await BeforeSaveAsync(record, values, isNew: false, ct);
    }

    public Task CheckAsync<T>(T draft, FieldValues values, CancellationToken ct) where T : Record =>
        services.GetService<IRecordHooks<T>>()?.CheckAsync(draft, values, ct) ?? Task.CompletedTask;

    public Task BeforeSaveAsync<T>(T record, FieldValues values, bool isNew, CancellationToken ct) where T : Record =>
        services.GetService<IRecordHooks<T>>()?.BeforeSaveAsync(record, values, isNew, ct) ?? Task.CompletedTask;

    private Task<bool> ExistsAsync(string type, long id, CancellationToken ct) => catalogue[type].Accept(new Exists(services, id, ct));

    private IRepository<T> Repository<T>() where T : Record => services.GetRequiredService<IRepository<T>>();

    private sealed class Exists(IServiceProvider services, long id, CancellationToken ct) : IRecordTypeVisitor<Task<bool>>
    {
        public Task<bool> Visit<T>(RecordType<T> type) where T : Record =>
            services.GetRequiredService<IRepository<T>>().Query().Where(r => r.Id == id).Select(r => r.Id).AnyAsync(ct);
    }
}

/// <param name="Id">Null for nobody.</param>
internal sealed record NewOwner(long? Id, long? TeamId);
