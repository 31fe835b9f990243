using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Says what a person may do with which records, and by which role and team: the answer to "why does she not see this?".</summary>
public interface IAccessExplainer
{
    /// <param name="recordId">One record, to say what the person may do with it.</param>
    /// <exception cref="RecordNotFoundException">There is no such person, or no such record for the one who asks.</exception>
    Task<AccessExplanation> ExplainAsync(long userId, string type, long? recordId, CancellationToken ct);
}

/// <param name="IsActive">False for somebody who may not enter, and so may do nothing.</param>
/// <param name="Teams">Teams he is in, and the ones below them.</param>
/// <param name="Fields">Fields that are not open with the records.</param>
/// <param name="Record">Title of the record that was asked about.</param>
public sealed record AccessExplanation(string Person, bool IsActive, string Type, IReadOnlyList<string> Teams, IReadOnlyList<string> Below, IReadOnlyList<ActionExplanation> Actions, IReadOnlyList<FieldRule> Fields, string? Record);

/// <param name="By">The roles that allow this much; none when it is not allowed.</param>
/// <param name="Record">Why the action is open for the one record; null when it is not, or no record was asked about.</param>
public sealed record ActionExplanation(RecordAction Action, Scope Scope, IReadOnlyList<Role> By, RecordReason? Record);

internal sealed class AccessExplainer(IUserStore users, IUserProfiles profiles, RoleGuard guard, RecordFacts records) : IAccessExplainer
{
    public async Task<AccessExplanation> ExplainAsync(long userId, string type, long? recordId, CancellationToken ct)
    {
        guard.RequireRight();
        Rule.Require(RoleGrants.Types.Contains(type), "Error.Choose", "Type");
        var user = await users.GetAsync(userId, ct);
        var access = (await profiles.FindAsync(userId, ct))?.Access ?? AccessRights.Nobody;
        var (roles, teams) = ((await users.RolesAsync(ct)).Where(r => user.Roles.Any(h => h.RoleId == r.Id)).ToList(), (await users.TeamsAsync(ct)).ToDictionary(t => t.Id, t => t.Name));
        var record = recordId is { } id ? await records.FindAsync(type, id, ct) : null;

        return new(
            user.Name, user.IsActive, type, Names(access.Teams), Names(access.Subtree.Except(access.Teams)),
            [.. RoleGrants.Actions.Where(a => record is null || !RoleGrants.IsYesOrNo(a)).Select(a => Explain(access, type, a, roles, record))],
            [.. access.LimitsOn(type)], record?.Title);

        List<string> Names(IEnumerable<long> ids) => [.. ids.Select(i => teams.GetValueOrDefault(i)).OfType<string>().Order(StringComparer.CurrentCulture)];
    }

    private static ActionExplanation Explain(AccessRights access, string type, RecordAction action, List<Role> roles, RecordFact? record)
    {
        var scope = access.ScopeOf(type, action);
        return new(action, scope, scope is Scope.None ? [] : [.. roles.Where(r => RoleGrants.ScopeOf(r.Grants, type, action) == scope)], record is null || record.IsOthersPrivate(access.UserId) ? null : access.Reach(type, action, record.OwnerId, record.TeamId, record.MainId));
    }
}

/// <summary>Whose a record is, as far as its rights go.</summary>
internal sealed record RecordFact(string Title, long? OwnerId, long? TeamId, long? AuthorId, bool IsPrivate, long? MainId)
{
    public bool IsOthersPrivate(long userId) => IsPrivate && AuthorId != userId;
}

/// <summary>Reads whose a record is; only of records that the current user sees himself.</summary>
internal sealed class RecordFacts(IServiceProvider services, RecordCatalogue catalogue)
{
    public Task<RecordFact> FindAsync(string type, long id, CancellationToken ct) =>
        catalogue.Find(type)?.Accept(new Reader(services, id, ct)) ?? throw new RecordNotFoundException(typeof(Record), id);

    private sealed class Reader(IServiceProvider services, long id, CancellationToken ct) : IRecordTypeVisitor<Task<RecordFact>>
    {
        public async Task<RecordFact> Visit<T>(RecordType<T> type) where T : Record
        {
            var repository = (IRepository<T>)services.GetService(typeof(IRepository<T>))!;
            var record = await repository.ReadAsync(id, RecordAction.View, r => r, ct);
            var (owner, team) = record switch
            {
                IOwned owned => (owned.OwnerId, owned.OwnerTeamId),
                IScoped child => (child.ScopeOwnerId, child.ScopeTeamId),
                _ => (record.CreatedById, null),
            };
            return new(record.Title, owner, team, record.CreatedById, record is IPrivate { IsPrivate: true }, record is IScoped scoped ? scoped.ScopeRecordId : record.Id);
        }
    }
}
