using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>Users as a whole, with their roles and teams. Who may reach whom is said by the services that ask.</summary>
public interface IUserStore
{
    /// <summary>One user who works here, to change with the next save.</summary>
    /// <exception cref="RecordNotFoundException">No such user.</exception>
    Task<User> GetAsync(long id, CancellationToken ct);

    /// <summary>All roles by name.</summary>
    Task<IReadOnlyList<Role>> RolesAsync(CancellationToken ct);

    /// <summary>All teams by name.</summary>
    Task<IReadOnlyList<Choice>> TeamsAsync(CancellationToken ct);

    /// <summary>Active users by name, who may be somebody's manager.</summary>
    Task<IReadOnlyList<Choice>> ManagersAsync(CancellationToken ct);

    /// <summary>Saves what was changed of users, unless nobody would be administrator any more. Of several at once one waits for the other.</summary>
    /// <exception cref="RuleException">It would take away the last administrator; nothing is saved.</exception>
    Task SaveAsync(CancellationToken ct);

    /// <summary>Whether somebody else who is active has the role.</summary>
    Task<bool> HasOtherHolderAsync(long roleId, long exceptUserId, CancellationToken ct);
}

/// <summary>Something to choose in a form.</summary>
public sealed record Choice(long Id, string Name);
