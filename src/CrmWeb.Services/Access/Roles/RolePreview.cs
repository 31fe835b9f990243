using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Says before a role is saved what it changes, and for whom.</summary>
public interface IRolePreviews
{
    Task<RolePreview> ShowAsync(long id, RoleInput input, CancellationToken ct);
}

/// <param name="People">Everybody who has the role and may sign in; <paramref name="Persons"/> are the first of them.</param>
public sealed record RolePreview(IReadOnlyList<ScopeChange> Scopes, IReadOnlyList<RightChange> Rights, IReadOnlyList<LimitChange> Fields, int People, IReadOnlyList<PersonChange> Persons);

/// <summary>An action that is allowed more widely or more narrowly on these types.</summary>
public sealed record ScopeChange(RecordAction Action, Scope From, Scope To, IReadOnlyList<string> Types);

public sealed record RightChange(SpecialRight Right, bool IsGiven);

/// <summary>A field that is more or less open.</summary>
public sealed record LimitChange(string Type, string Field, FieldRight From, FieldRight To);

/// <summary>What it means for one person, with all the other roles he has.</summary>
/// <param name="Seen">Customers he sees now, and would see; counted to a ceiling.</param>
/// <param name="IsChanged">Whether he may do anything more or less at all.</param>
public sealed record PersonChange(long Id, string Name, (int Now, int Then) Seen, bool IsChanged)
{
    public const int Ceiling = 10_000;
}

internal sealed class RolePreviews(IRepository<Role> roles, IRoleStore store, IUserProfiles profiles, RoleGuard guard, RoleFields fields) : IRolePreviews
{
    private const int MostPersons = 20;

    public async Task<RolePreview> ShowAsync(long id, RoleInput input, CancellationToken ct)
    {
        guard.RequireRight();
        var all = await roles.Query().ToListAsync(ct);
        var before = all.FirstOrDefault(r => r.Id == id) ?? throw new RecordNotFoundException(typeof(Role), id);
        var after = new Role();
        fields.Define(after, input);

        var persons = new List<PersonChange>();
        foreach (var holder in (await store.HoldersAsync(id, MostPersons, ct)).Where(h => h.IsActive))
        {
            if (await profiles.FindAsync(holder.Id, ct) is { } profile)
                persons.Add(await CompareAsync(holder, profile.Access, [.. all.Where(r => r.Id != id && holder.Roles.Contains(r.Id)), after], ct));
        }
        return new(Scopes(before, after), Rights(before, after), Changed(before.Fields, after.Fields), (await store.CountsAsync(ct)).GetValueOrDefault(id), persons);
    }

    private async Task<PersonChange> CompareAsync(RoleHolder holder, AccessRights now, IReadOnlyList<Role> roles, CancellationToken ct)
    {
        var then = new AccessRights(now.UserId, now.HomeTeamId, now.Teams, now.Subtree, roles) { Shared = now.Shared };
        var (sees, saw) = (await SeenAsync(then, ct), await SeenAsync(now, ct));
        return new(holder.Id, holder.Name, (saw, sees), !now.Holds(then) || !then.Holds(now));
    }

    private Task<int> SeenAsync(AccessRights access, CancellationToken ct) => store.SeenAsync(RoleGrants.Types[0], access, PersonChange.Ceiling, ct);

    private static IReadOnlyList<ScopeChange> Scopes(Role before, Role after) =>
    [
        .. from action in RoleGrants.Actions
           from type in RoleGrants.Types
           let step = (From: RoleGrants.ScopeOf(before.Grants, type, action), To: RoleGrants.ScopeOf(after.Grants, type, action))
           where step.From != step.To
           group type by (action, step.From, step.To) into same
           select new ScopeChange(same.Key.action, same.Key.From, same.Key.To, [.. same]),
    ];

    private static IReadOnlyList<LimitChange> Changed(IReadOnlyList<FieldRule> before, IReadOnlyList<FieldRule> after) =>
    [
        .. from field in before.Concat(after).Select(f => (f.Type, f.Field)).Distinct()
           let step = (From: RightOn(before, field), To: RightOn(after, field))
           where step.From != step.To
           select new LimitChange(field.Type, field.Field, step.From, step.To),
    ];

    private static FieldRight RightOn(IReadOnlyList<FieldRule> rules, (string Type, string Field) field) =>
        rules.FirstOrDefault(r => (r.Type, r.Field) == field)?.Right ?? FieldRight.Edit;

    private static IReadOnlyList<RightChange> Rights(Role before, Role after) =>
        [.. after.Rights.Except(before.Rights).Select(r => new RightChange(r, IsGiven: true)), .. before.Rights.Except(after.Rights).Select(r => new RightChange(r, IsGiven: false))];
}
