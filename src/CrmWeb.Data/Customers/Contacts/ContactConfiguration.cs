using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.ToTable("Contacts");
        contact.IsSearched(place: 2);
        contact.Property(c => c.OtherEmails).IsJson();
        contact.Property(c => c.Tags).IsJson();
        contact.HasOne(c => c.Customer).WithMany().HasForeignKey(c => c.CustomerId);
        contact.HasOne(c => c.ReportsTo).WithMany().HasForeignKey(c => c.ReportsToId);
        contact.HasIndex(c => new { c.SortKey, c.Id });
        contact.HasIndex(c => new { c.ScopeOwnerId, c.SortKey, c.Id }); // the same for one who sees only some: see RowScope.Parts
        contact.HasIndex(c => new { c.ScopeTeamId, c.SortKey, c.Id });
        contact.IsSortedBy(c => c.Birthday, c => c.CreatedAt);
        contact.HasIndex(c => new { c.CustomerId, c.SortKey });
        contact.HasIndex(c => new { c.ExternalSource, c.ExternalId }).IsUnique().HasFilter("ExternalId IS NOT NULL AND DeletedAt IS NULL"); // what lies in the trash holds no id up
    }
}

internal sealed class ContactLinkConfiguration : IEntityTypeConfiguration<ContactLink>
{
    public void Configure(EntityTypeBuilder<ContactLink> link)
    {
        link.ToTable("ContactLinks");
        link.HasOne<Contact>().WithMany().HasForeignKey(l => l.ContactId);
        link.HasOne<Customer>().WithMany().HasForeignKey(l => l.CustomerId);
    }
}
