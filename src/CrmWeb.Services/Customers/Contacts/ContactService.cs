using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What users do with contacts beyond what holds for every record.</summary>
public interface IContactService
{
    /// <summary>What the page of a contact shows around its fields.</summary>
    /// <exception cref="RecordNotFoundException">The user may not see it.</exception>
    Task<ContactPage> ShowAsync(long id, CancellationToken ct);

    /// <inheritdoc cref="Contact.WorkFor"/>
    /// <exception cref="RuleException">The user may not see the new employer.</exception>
    /// <exception cref="StaleRecordException">Someone saved the contact since it was shown.</exception>
    Task ChangeEmployerAsync(long id, long? customerId, Guid version, CancellationToken ct);
}

/// <param name="Brief">Of the employer; null without one, or when the viewer may not see it.</param>
/// <param name="Employers">Newest first; those the viewer may not see are left out.</param>
public sealed record ContactPage(CustomerBrief? Brief, IReadOnlyList<Employer> Employers, IReadOnlyList<ConsentRow> Consents, bool MayAddConsent);

public sealed record Employer(long CustomerId, string Name, DateOnly? FromOn, DateOnly? UntilOn);

internal sealed class ContactService(
    IRepository<Contact> contacts, IRepository<Customer> customers, CustomerReader reader, IConsentService consents, IUnitOfWork work, ICurrentUser user, TimeProvider clock) : IContactService
{
    private const int Most = 10;

    public async Task<ContactPage> ShowAsync(long id, CancellationToken ct)
    {
        var employer = await contacts.ReadAsync(id, RecordAction.View, c => c.CustomerId, ct);
        var employers = await contacts.Parts<ContactLink>(id)
            .Join(customers.Query(), l => l.CustomerId, c => c.Id, (l, c) => new { l.Id, Row = new Employer(c.Id, c.Name, l.FromOn, l.UntilOn) })
            .OrderByDescending(e => e.Id).Select(e => e.Row).Take(Most).ToListAsync(ct);
        return new(
            employer is { } customer ? await reader.BriefAsync(customer, ct) : null, employers,
            user.Access.May<Consent>(RecordAction.View) ? await consents.OfContactAsync(id, ct) : [], user.Access.May<Consent>(RecordAction.Create));
    }

    public async Task ChangeEmployerAsync(long id, long? customerId, Guid version, CancellationToken ct)
    {
        var contact = await contacts.GetAsync(id, RecordAction.Edit, version, ct);
        Rule.Require(customerId is null || await customers.Query().Where(c => c.Id == customerId).Select(c => c.Id).AnyAsync(ct), "Error.ReferenceNotFound", nameof(Contact.CustomerId));

        await ContactHooks.EmployAsync(contacts, contact, customerId, user.Habits.Today(clock), isNew: false, ct);
        await work.SaveAsync(ct);
    }
}
