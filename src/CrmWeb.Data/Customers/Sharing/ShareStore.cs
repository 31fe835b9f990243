using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class ShareStore(CrmDb db) : IShareStore
{
    public Task<int> CountAsync(long recipientId, CancellationToken ct) => db.Set<CustomerShare>().Where(s => s.RecipientId == recipientId).CountAsync(ct);
}

internal sealed class CustomerShareConfiguration : IEntityTypeConfiguration<CustomerShare>
{
    public void Configure(EntityTypeBuilder<CustomerShare> share)
    {
        share.ToTable("CustomerShares");
        share.HasKey(s => new { s.CustomerId, s.RecipientId });
        share.Property(s => s.CustomerId).ValueGeneratedNever();
        share.Property(s => s.RecipientId).ValueGeneratedNever();
        share.HasIndex(s => s.RecipientId); // what is shared with one, at his sign-in
        share.HasOne<Customer>().WithMany().HasForeignKey(s => s.CustomerId);
    }
}
