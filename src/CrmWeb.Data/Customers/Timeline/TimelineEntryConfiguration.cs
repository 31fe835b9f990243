using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class TimelineEntryConfiguration : IEntityTypeConfiguration<TimelineEntry>
{
    public void Configure(EntityTypeBuilder<TimelineEntry> entry)
    {
        entry.ToTable("Timeline");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.HasIndex(e => new { e.CustomerId, e.At, e.Id });
        entry.HasIndex(e => new { e.ContactId, e.At, e.Id });
    }
}
