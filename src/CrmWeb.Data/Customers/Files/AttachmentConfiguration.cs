using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> file)
    {
        file.ToTable("Attachments");
        file.IsSearched(place: 4);
        file.HasOne(f => f.Customer).WithMany().HasForeignKey(f => f.CustomerId);
        file.HasIndex(f => f.Hash);
    }
}
