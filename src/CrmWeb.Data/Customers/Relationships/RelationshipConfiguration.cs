using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class RelationshipConfiguration : IEntityTypeConfiguration<Relationship>
{
    public void Configure(EntityTypeBuilder<Relationship> relationship)
    {
        relationship.ToTable("Relationships");
        relationship.HasOne(r => r.Customer).WithMany().HasForeignKey(r => r.CustomerId);
        relationship.HasOne(r => r.OtherCustomer).WithMany().HasForeignKey(r => r.OtherCustomerId);
    }
}
