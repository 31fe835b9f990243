using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What people allowed or refused to be used for.</summary>
public interface IConsentService
{
    /// <summary>Writes down a new state of a purpose and channel; earlier ones stay as they were.</summary>
    /// <exception cref="RuleException">With everything that is wrong, each beside its property.</exception>
    /// <returns>Id of the new state.</returns>
    Task<long> RecordAsync(RecordConsent input, CancellationToken ct);

    /// <summary>The present state of each purpose and channel for a contact.</summary>
    Task<IReadOnlyList<ConsentRow>> OfContactAsync(long contactId, CancellationToken ct);
}

/// <param name="ContactId">The person; null when it is the customer's own.</param>
/// <param name="Evidence">Where it can be read again: the form, the mail, the file.</param>
public sealed record RecordConsent(
    long? CustomerId, long? ContactId, ConsentPurpose Purpose, Channel Channel, LawfulBasis Basis, ConsentState State, string? Source, string? Evidence);

internal sealed class ConsentService(
    IRepository<Consent> consents, IRepository<Customer> customers, IRepository<Contact> contacts, IUnitOfWork work, TimeProvider clock) : IConsentService
{
    public async Task<long> RecordAsync(RecordConsent input, CancellationToken ct)
    {
        var customer = input.ContactId is { } person ? await contacts.ReadAsync(person, RecordAction.View, c => c.CustomerId, ct) : input.CustomerId;
        if (customer is { } id)
            await customers.ReadAsync(id, RecordAction.View, c => c.Id, ct);

        var consent = new Consent
        {
            CustomerId = customer,
            ContactId = input.ContactId,
            Purpose = input.Purpose,
            Channel = input.Channel,
            Basis = input.Basis,
            State = input.State,
            Source = input.Source ?? "",
            Evidence = input.Evidence,
            At = clock.GetUtcNow().UtcDateTime,
        };
        Rule.RequireNone(consent.Check());
        consents.Add(consent);
        await work.SaveAsync(ct);
        return consent.Id;
    }

    public Task<IReadOnlyList<ConsentRow>> OfContactAsync(long contactId, CancellationToken ct) => consents.Query().Where(c => c.ContactId == contactId).PresentAsync(ct);
}

internal static class ConsentStates
{
    private const int MostRead = 100;

    /// <summary>The present state of each purpose and channel among the rows of one customer or person.</summary>
    public static async Task<IReadOnlyList<ConsentRow>> PresentAsync(this IQueryable<Consent> rows, CancellationToken ct)
    {
        var read = await rows.OrderByDescending(c => c.At).ThenByDescending(c => c.Id)
            .Select(c => new ConsentRow(c.Purpose, c.Channel, c.State, c.At, c.Source)).Take(MostRead).ToListAsync(ct);
        return [.. read.DistinctBy(c => (c.Purpose, c.Channel))];
    }
}
