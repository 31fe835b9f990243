using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What users do with customers beyond what holds for every record.</summary>
public interface ICustomerService
{
    /// <summary>The whole picture of a customer for its page.</summary>
    /// <exception cref="RecordNotFoundException">The user may not see it.</exception>
    Task<CustomerPage> ShowAsync(long id, CancellationToken ct);

    /// <inheritdoc cref="Customer.Move"/>
    /// <exception cref="StaleRecordException">Someone saved the customer since it was shown.</exception>
    Task MoveAsync(long id, MoveCustomer input, CancellationToken ct);
}

public sealed record MoveCustomer(Domain.Customers.Lifecycle To, string? Reason, Guid Version);

internal sealed class CustomerService(
    IRepository<Customer> customers, IUnitOfWork work, CustomerReader reader, ICurrentUser user, TimeProvider clock) : ICustomerService
{
    public Task<CustomerPage> ShowAsync(long id, CancellationToken ct) => reader.ReadAsync(id, ct);

    public async Task MoveAsync(long id, MoveCustomer input, CancellationToken ct)
    {
        var customer = await customers.GetAsync(id, RecordAction.Edit, input.Version, ct);
        customers.AddPart(customer.Move(input.To, input.Reason, clock.GetUtcNow().UtcDateTime, user.Id));
        await work.SaveAsync(ct);
    }
}
