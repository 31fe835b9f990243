using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>Bringing in contacts: a name in one column is split, the employer is linked.</summary>
internal sealed class ContactImport(ICurrentUser user, TimeProvider clock) : IImportHooks<Contact>
{
    public void Normalize(Contact record, FieldValues values)
    {
        if (record is { FamilyName: null, GivenName: null, DisplayName: { } whole })
        {
            var name = PersonName.Split(whole);
            (record.FamilyName, record.GivenName, record.DisplayName) = (name.Family, name.Given, null);
        }
        ContactHooks.Normalize(record);
    }

    public void Prepare(Contact record, FieldValues values, bool isNew, IBulkWriter bulk)
    {
        if (isNew && values.GetValueOrDefault("customer") is long customer && record.WorkFor(customer, user.Habits.Today(clock), current: null) is { } link)
            bulk.AddPart(link);
    }
}
