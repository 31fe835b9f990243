using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>What administrators do with roles.</summary>
public interface IRoleService
{
    Task<IReadOnlyList<RoleRow>> ListAsync(CancellationToken ct);

    Task<RoleDetails> ShowAsync(long id, CancellationToken ct);

    /// <returns>Its id.</returns>
    /// <exception cref="RuleException">It would allow more than the current user may himself.</exception>
    Task<long> CreateAsync(RoleInput input, CancellationToken ct);

    /// <summary>Acts at the next request of everybody who has the role.</summary>
    /// <exception cref="RuleException">It is built in, the current user's own, or beyond his rights.</exception>
    Task EditAsync(long id, Guid version, RoleInput input, CancellationToken ct);

    /// <exception cref="RuleException">Somebody has the role.</exception>
    Task DeleteAsync(long id, Guid version, CancellationToken ct);
}

/// <param name="People">How many have it and may sign in.</param>
public sealed record RoleRow(long Id, string Name, string? BuiltIn, int People);

/// <param name="MayEdit">Whether the current user may change it.</param>
public sealed record RoleDetails(long Id, Guid Version, string? BuiltIn, RoleInput Input, IReadOnlyList<RoleHolder> Holders, bool MayEdit);

/// <summary>What is said about a role.</summary>
/// <param name="Grants">On <see cref="RoleGrants.Types"/>.</param>
public sealed record RoleInput(string Name, IReadOnlyList<Grant> Grants, IReadOnlyList<SpecialRight> Rights)
{
    /// <summary>Fields that are not open with their records.</summary>
    public IReadOnlyList<FieldRule> Fields { get; init; } = [];
}

internal sealed class RoleService(IRepository<Role> roles, IRoleStore store, RoleGuard guard, RoleFields fields, IUnitOfWork work, TimeProvider clock) : IRoleService
{
    private const int MostHolders = 100;

    public async Task<IReadOnlyList<RoleRow>> ListAsync(CancellationToken ct)
    {
        guard.RequireRight();
        var (all, people) = (await roles.Query().ToListAsync(ct), await store.CountsAsync(ct));
        return [.. all.OrderBy(r => r.BuiltIn is null).ThenBy(r => r.Id).Select(r => new RoleRow(r.Id, r.Name, r.BuiltIn, people.GetValueOrDefault(r.Id)))];
    }

    public async Task<RoleDetails> ShowAsync(long id, CancellationToken ct)
    {
        guard.RequireRight();
        var role = await roles.ReadAsync(id, RecordAction.View, r => r, ct);
        var holders = await store.HoldersAsync(id, MostHolders, ct);
        return new(role.Id, role.Version, role.BuiltIn, RoleGuard.InputOf(role), holders, !guard.Check(role, holders).Any());
    }

    public async Task<long> CreateAsync(RoleInput input, CancellationToken ct)
    {
        guard.RequireRight();
        var role = new Role();
        fields.Define(role, input);
        Rule.RequireNone(guard.CheckRights(role));

        roles.Add(role);
        await work.SaveAsync(ct);
        return role.Id;
    }

    public async Task EditAsync(long id, Guid version, RoleInput input, CancellationToken ct)
    {
        var role = await GetAsync(id, version, ct);
        fields.Define(role, input);
        Rule.RequireNone(guard.CheckRights(role));

        await work.SaveAsync(ct);
    }

    public async Task DeleteAsync(long id, Guid version, CancellationToken ct)
    {
        var role = await GetAsync(id, version, ct);
        Rule.Require((await store.HoldersAsync(id, 1, ct)).Count == 0, "Role.IsUsed");

        role.Delete(clock.GetUtcNow().UtcDateTime, guard.UserId);
        await work.SaveAsync(ct);
    }

    private async Task<Role> GetAsync(long id, Guid version, CancellationToken ct)
    {
        guard.RequireRight();
        var role = await roles.GetAsync(id, RecordAction.Edit, version, ct);
        Rule.RequireNone(guard.Check(role, await store.HoldersAsync(id, MostHolders, ct)));
        return role;
    }
}

/// <summary>Holds what somebody wants to do with a role against his own rights.</summary>
internal sealed class RoleGuard(ICurrentUser me)
{
    public long? UserId => me.Id;

    public void RequireRight() => me.Access.Require(SpecialRight.ManageUsers);

    /// <summary>Why the role is not this user's to change.</summary>
    public IEnumerable<Broken> Check(Role role, IReadOnlyList<RoleHolder> holders)
    {
        if (role.BuiltIn is not null)
            yield return new("Role.IsBuiltIn");
        else if (holders.Any(h => h.Id == me.Id))
            yield return new("Role.IsYours");
        else if (CheckRights(role).Any())
            yield return new("Role.Beyond");
    }

    /// <summary>Nobody gives what he does not have.</summary>
    public IEnumerable<Broken> CheckRights(Role role) => RoleRules.Holds(me.Access, role) ? [] : [new("Role.Beyond", "Grants")];

    public static RoleInput InputOf(Role role) =>
        new(role.Name, [.. role.Grants.Where(g => RoleGrants.Types.Contains(g.Type) && RoleGrants.Actions.Contains(g.Action))], role.Rights) { Fields = role.Fields };
}

/// <summary>What a role is called: the built-in ones in the reader's language.</summary>
public static class RoleNames
{
    extension(Microsoft.Extensions.Localization.IStringLocalizer texts)
    {
        public string NameOf(Role role) => texts.RoleName(role.Name, role.BuiltIn);

        public string RoleName(string name, string? builtIn) => builtIn is null ? name : texts.First($"Role.{builtIn}")?.Value ?? name;
    }
}
