using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Access;

/// <summary>People who leave, or move to another team, and what becomes of the records they look after.</summary>
public interface IHandOverService
{
    /// <summary>The people, and what they look after as far as the current user sees it.</summary>
    /// <exception cref="RuleException">One of them may do more than the current user.</exception>
    Task<HandOverPreview> ShowAsync(IReadOnlyList<long> people, CancellationToken ct);

    /// <summary>Ends all access of a person at the next request, and begins what is to be handed over: both or nothing.</summary>
    Task DeactivateAsync(long id, HandOverOrder order, CancellationToken ct);

    /// <summary>Moves people to another team, and begins what is to be handed over or taken along: all or nothing.</summary>
    Task MoveAsync(IReadOnlyList<long> people, HomeTeamInput team, HandOverOrder order, CancellationToken ct);

    /// <summary>What the current user had handed over of a person's records, the newest first.</summary>
    Task<IReadOnlyList<HandedOver>> LatelyAsync(long id, CancellationToken ct);
}

/// <param name="Held">What they look after, by record type.</param>
/// <param name="IsWhole">False where there may be records that the current user does not see.</param>
public sealed record HandOverPreview(IReadOnlyList<HandOverPerson> People, IReadOnlyList<Held> Held, bool IsWhole)
{
    /// <summary>Most people that are moved at once.</summary>
    public const int MostPeople = 50;
}

public sealed record HandOverPerson(long Id, string Name, long? HomeTeamId, bool IsActive);

/// <summary>Where somebody works from now on.</summary>
/// <param name="NewTeam">Name of a team to be made; null takes <paramref name="HomeTeamId"/>.</param>
/// <param name="NewTeamParentId">The team the new one is part of.</param>
public sealed record HomeTeamInput(long? HomeTeamId, string? NewTeam = null, long? NewTeamParentId = null);

/// <param name="RunId">The bulk run that does it.</param>
/// <param name="To">Name of the one who gets the records.</param>
public sealed record HandedOver(long RunId, RecordType Type, string? To, BulkState State, DateTime At);

internal sealed class HandOverService(UserGuard guard, UserChanges changes, HandOvers handOvers, IUserStore users) : IHandOverService
{
    public async Task<HandOverPreview> ShowAsync(IReadOnlyList<long> people, CancellationToken ct)
    {
        var found = await FindAsync(people, ct);
        return new([.. found.Select(u => new HandOverPerson(u.Id, u.Name, u.HomeTeamId, u.IsActive))], await handOvers.HeldAsync(people, ct), handOvers.SeesAll);
    }

    public async Task DeactivateAsync(long id, HandOverOrder order, CancellationToken ct)
    {
        var user = await guard.GetAsync(id, ct);
        await guard.RequireMayLeaveAsync(user, ct);
        Rule.Require(order.Parts.All(p => p.Choice != HandOverChoice.TakeAlong), "Error.Choose");

        user.Deactivate();
        await handOvers.AddAsync([user], order, ct);
        await users.SaveAsync(ct);
    }

    public async Task MoveAsync(IReadOnlyList<long> people, HomeTeamInput team, HandOverOrder order, CancellationToken ct)
    {
        var found = await FindAsync(people, ct);
        await guard.RequireMayMoveAsync(found, ct);

        await changes.MoveAsync(found, team, ct);
        await handOvers.AddAsync(found, order, ct);
        await users.SaveAsync(ct);
    }

    public async Task<IReadOnlyList<HandedOver>> LatelyAsync(long id, CancellationToken ct)
    {
        guard.RequireRight();
        return await handOvers.OfAsync(id, ct);
    }

    private async Task<IReadOnlyList<User>> FindAsync(IReadOnlyList<long> people, CancellationToken ct)
    {
        guard.RequireRight();
        Rule.Require(people.Count is > 0 and <= HandOverPreview.MostPeople, "HandOver.ChoosePeople", values: HandOverPreview.MostPeople);
        var found = new List<User>();
        foreach (var id in people.Distinct())
            found.Add(await guard.GetAsync(id, ct));
        return found;
    }
}
