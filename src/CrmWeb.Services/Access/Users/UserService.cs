using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>What administrators do with users.</summary>
public interface IUserService
{
    /// <summary>What there is to choose in the forms; only roles the current user may give.</summary>
    Task<UserChoices> ChoicesAsync(CancellationToken ct);

    /// <exception cref="RuleException">The user may do more than the current one.</exception>
    Task<UserDetails> ShowAsync(long id, CancellationToken ct);

    /// <summary>Makes the user and promises him a mail.</summary>
    /// <returns>His id.</returns>
    Task<long> InviteAsync(string email, UserInput input, HomeTeamInput team, CancellationToken ct);

    /// <exception cref="StaleRecordException">Someone saved the user since the form was shown.</exception>
    Task EditAsync(long id, Guid version, UserInput input, CancellationToken ct);

    Task ActivateAsync(long id, CancellationToken ct);

    /// <summary>Ends all sessions of the user.</summary>
    Task SignOutAsync(long id, CancellationToken ct);
}

public sealed record UserChoices(IReadOnlyList<Role> Roles, IReadOnlyList<Choice> Teams, IReadOnlyList<Choice> Managers);

/// <param name="LastSignInAt">UTC.</param>
public sealed record UserDetails(long Id, Guid Version, string? Email, bool IsActive, long? HomeTeamId, DateTime? LastSignInAt, UserInput Input);

/// <summary>What is said about a user.</summary>
public sealed record UserInput(string Name, string? JobTitle, long? ManagerId, IReadOnlyList<long> Roles);

internal sealed class UserService(IUserStore users, UserGuard guard, UserChanges changes, UserWelcome welcome, IUnitOfWork work) : IUserService
{
    public async Task<UserChoices> ChoicesAsync(CancellationToken ct) =>
        new(await guard.GrantableAsync(ct), await users.TeamsAsync(ct), await users.ManagersAsync(ct));

    public async Task<UserDetails> ShowAsync(long id, CancellationToken ct)
    {
        var user = await guard.GetAsync(id, ct);
        return new(user.Id, user.Version, user.Email, user.IsActive, user.HomeTeamId, user.LastSignInAt,
            new(user.Name, user.JobTitle, user.ManagerId, [.. user.Roles.Select(r => r.RoleId)]));
    }

    public async Task<long> InviteAsync(string email, UserInput input, HomeTeamInput team, CancellationToken ct)
    {
        var user = new User { Email = email };
        guard.RequireRight();
        await guard.RequireRolesAsync(user, input.Roles, ct);

        changes.Add(user);
        await changes.MoveAsync([user], team, ct);
        await changes.ApplyAsync(user, input, ct);
        await welcome.PrepareAsync(user, ct);
        await work.SaveAsync(ct);
        return user.Id;
    }

    public async Task EditAsync(long id, Guid version, UserInput input, CancellationToken ct)
    {
        var user = await guard.GetAsync(id, ct);
        if (user.Version != version)
            throw new StaleRecordException();
        await guard.RequireRolesAsync(user, input.Roles, ct);

        await changes.ApplyAsync(user, input, ct);
        await users.SaveAsync(ct);
    }

    public async Task ActivateAsync(long id, CancellationToken ct)
    {
        (await guard.GetAsync(id, ct)).Activate();
        await work.SaveAsync(ct);
    }

    public async Task SignOutAsync(long id, CancellationToken ct)
    {
        await changes.EndSessionsAsync(await guard.GetAsync(id, ct), ct);
        await work.SaveAsync(ct);
    }
}
