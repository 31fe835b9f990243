using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>What saving a contact needs besides its own rules: machine-readable phones, the link to the employer.</summary>
internal sealed class ContactHooks(IRepository<Contact> contacts, SameRecords same, ICurrentUser user, TimeProvider clock) : IRecordHooks<Contact>
{
    public Task CheckAsync(Contact draft, FieldValues values, CancellationToken ct) => same.RequireReasonAsync(draft, values, ct);

    public async Task BeforeSaveAsync(Contact contact, FieldValues values, bool isNew, CancellationToken ct)
    {
        Normalize(contact);
        if (values.TryGetValue("customer", out var asked))
            await EmployAsync(contacts, contact, asked as long?, user.Habits.Today(clock), isNew, ct);
        await same.RememberAsync(contact, values, ct);
    }

    /// <inheritdoc cref="Contact.WorkFor"/>
    public static async Task EmployAsync(IRepository<Contact> contacts, Contact contact, long? customerId, DateOnly today, bool isNew, CancellationToken ct)
    {
        if (customerId == contact.CustomerId)
            return;

        var current = isNew ? null : await contacts.Parts<ContactLink>(contact.Id, RecordAction.Edit).Where(l => l.UntilOn == null).FirstOrDefaultAsync(ct);
        if (contact.WorkFor(customerId, today, current) is { } link)
            contacts.AddPart(link);
    }

    void IRecordHooks<Contact>.Normalize(Contact record) => Normalize(record);

    /// <summary>Values worked out from what was typed.</summary>
    public static void Normalize(Contact contact)
    {
        contact.Country = Countries.Stored(contact.Country);
        contact.PhoneE164 = contact.Phone is { } phone ? Phones.ToE164(phone, contact.Country) : null;
        contact.MobileE164 = contact.Mobile is { } mobile ? Phones.ToE164(mobile, contact.Country) : null;
    }
}
