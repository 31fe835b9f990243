namespace CrmWeb.Data.Common;

internal sealed class IdempotencyKeys(CrmDb db) : IIdempotencyKeys
{
    public async Task<long?> FindAsync(string key, CancellationToken ct) =>
        await db.Set<IdempotencyKey>().Where(k => k.Key == key).Select(k => (long?)k.RecordId).FirstOrDefaultAsync(ct);

    public Task<int> TidyAsync(DateTime before, CancellationToken ct) => db.Set<IdempotencyKey>().Where(k => k.CreatedAt < before).ExecuteDeleteAsync(ct);
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> key)
    {
        key.ToTable("IdempotencyKeys");
        key.HasKey(k => k.Key);
        key.Property(k => k.Key).HasMaxLength(IdempotencyKey.Longest).IsUnicode(false);
        key.Property(k => k.RecordId);
        key.Property(k => k.CreatedAt);
        key.HasIndex(k => k.CreatedAt);
    }
}
