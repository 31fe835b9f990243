using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Own customers that nobody has spoken to for a while.</summary>
public interface IQuietCustomers
{
    Task<IReadOnlyList<QuietCustomer>> ReadAsync(int limit, CancellationToken ct);
}

/// <param name="LastTouchAt">UTC; null when there was none yet.</param>
public sealed record QuietCustomer(long Id, string Name, CustomerKind Kind, DateTime? LastTouchAt);

internal sealed class QuietCustomers(IRepository<Customer> customers, ICurrentUser user, TimeProvider clock) : IQuietCustomers
{
    private const int QuietDays = 30;

    public Task<IReadOnlyList<QuietCustomer>> ReadAsync(int limit, CancellationToken ct)
    {
        var (me, before) = (user.Id, clock.GetUtcNow().UtcDateTime.AddDays(-QuietDays));
        return customers.Query().Current.Where(c => c.Figures!.OwnerId == me && c.Figures.LastTouchAt < before)
            .OrderBy(c => c.Figures!.LastTouchAt).ThenBy(c => c.Id)
            .Select(c => new QuietCustomer(c.Id, c.Name, c.Kind, c.Figures!.LastTouchAt)).Take(limit).ToListAsync(ct);
    }
}
