using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Access;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("Audit");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.Changes).HasMaxLength(-1);
        entry.HasIndex(e => new { e.RecordId, e.At, e.Id });
        entry.HasIndex(e => new { e.Operation, e.RecordId, e.Id });
        entry.HasIndex(e => new { e.UserId, e.At, e.Id });
        entry.HasIndex(e => new { e.At, e.Id });
    }
}
