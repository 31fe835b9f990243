using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What saving a customer needs besides its own rules: machine-readable phone, known country, no circle of parents.</summary>
internal sealed class CustomerHooks(IRepository<Customer> customers, SameRecords same) : IRecordHooks<Customer>
{
    private const int DeepestChain = 50;

    public Task CheckAsync(Customer draft, FieldValues values, CancellationToken ct) => same.RequireReasonAsync(draft, values, ct);

    public async Task BeforeSaveAsync(Customer customer, FieldValues values, bool isNew, CancellationToken ct)
    {
        Normalize(customer);
        if (values.ContainsKey("parent") && customer.ParentId is { } parent)
            Rule.RequireNone(await CheckParentAsync(customer.Id, parent, ct));
        await same.RememberAsync(customer, values, ct);
    }

    void IRecordHooks<Customer>.Normalize(Customer record) => Normalize(record);

    /// <summary>Values worked out from what was typed.</summary>
    public static void Normalize(Customer customer)
    {
        customer.Country = Countries.Stored(customer.Country);
        customer.OtherAddresses = [.. customer.OtherAddresses.Select(a => a with { Country = Countries.Stored(a.Country) })];
        customer.OtherPhones = [.. customer.OtherPhones.Select(p => p with { Value = Phones.ToE164(p.Value, customer.Country) ?? p.Value })];
        customer.PhoneE164 = customer.Phone is { } phone ? Phones.ToE164(phone, customer.Country) : null;
    }

    /// <summary>Climbs from the new parent: meeting the customer itself would be a circle.</summary>
    private async Task<IReadOnlyList<Broken>> CheckParentAsync(long id, long parent, CancellationToken ct)
    {
        long? above = parent;
        for (var step = 0; above is { } current && step < DeepestChain; step++)
        {
            if (current == id)
                return [new("Customer.ParentCircle", nameof(Customer.ParentId))];
            above = await customers.Query().Where(c => c.Id == current).Select(c => c.ParentId).FirstOrDefaultAsync(ct);
        }
        return above is null ? [] : [new("Customer.ParentTooDeep", nameof(Customer.ParentId), DeepestChain)];
    }
}
