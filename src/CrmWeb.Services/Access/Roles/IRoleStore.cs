namespace CrmWeb.Services.Access;

/// <summary>Who has which role, and how much somebody would see.</summary>
public interface IRoleStore
{
    /// <summary>Role id → number of people who have it and may sign in; a role nobody has is not in it.</summary>
    Task<IReadOnlyDictionary<long, int>> CountsAsync(CancellationToken ct);

    /// <summary>People who have the role by name, the active ones first.</summary>
    Task<IReadOnlyList<RoleHolder>> HoldersAsync(long roleId, int limit, CancellationToken ct);

    /// <summary>How many records of a type somebody with these rights sees, counted to a ceiling.</summary>
    Task<int> SeenAsync(string type, AccessRights access, int ceiling, CancellationToken ct);
}

/// <summary>Someone who has a role, and all the roles he has.</summary>
public sealed record RoleHolder(long Id, string Name, bool IsActive, IReadOnlyList<long> Roles);
