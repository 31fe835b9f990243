using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class AttachmentConfiguration : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> file)
    {
        file.ToTable("Attachments");
        file.IsSearched(place: 4);
        file.HasOne(f => f.Customer).WithMany().HasForeignKey(f => f.CustomerId);
        file.IsSortedBy(f => f.SortKey, f => f.CreatedAt);
        file.HasIndex(f => f.Hash);
    }
}

internal sealed class AttachmentVersionConfiguration : IEntityTypeConfiguration<AttachmentVersion>
{
    public void Configure(EntityTypeBuilder<AttachmentVersion> version)
    {
        version.ToTable("AttachmentVersions");
        version.HasKey(v => new { v.AttachmentId, v.Number });
        version.HasOne<Attachment>().WithMany().HasForeignKey(v => v.AttachmentId);
        version.HasIndex(v => v.Hash);
        version.HasIndex(v => v.ById);
    }
}
