using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Automation;

/// <summary>A made-up firm with its people, customers and eighteen months of history, for trying the product out.</summary>
public interface IDemoCompany
{
    /// <summary>Founds the firm where nobody is yet: everything in one transaction, the same for the same seed and day.</summary>
    /// <returns>How many customers it has; null when the database was not empty, and nothing was done.</returns>
    Task<int?> FoundAsync(long seed, CancellationToken ct);
}

internal sealed class DemoCompany(IPastWriter writer, DemoHiring hiring, IRepository<User> users, TimeProvider clock) : IDemoCompany
{
    /// <summary>Customers that are made up, besides those written down.</summary>
    private const int Customers = 304;

    public async Task<int?> FoundAsync(long seed, CancellationToken ct)
    {
        if (await users.Query().Where(u => u.Id != User.SystemId).AnyAsync(ct))
            return null;

        var days = new DemoDays(clock.GetUtcNow().UtcDateTime);
        var staff = await hiring.FoundAsync(ct);
        var characters = new Characters(writer, staff, days).Tell(seed);
        var teller = new StoryTeller(writer, staff, days, Depth.Full, characters);
        for (var index = 0; index < Customers; index++)
            teller.Tell(seed, index);
        await writer.SaveAsync(ct);
        return characters.Count + Customers;
    }
}
