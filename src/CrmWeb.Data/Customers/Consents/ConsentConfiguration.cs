using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> consent)
    {
        consent.ToTable("Consents");
        consent.HasIndex(c => new { c.CustomerId, c.Purpose, c.Channel, c.At });
        consent.HasIndex(c => new { c.ContactId, c.Purpose, c.Channel, c.At });
    }
}
