using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Data.Common;

/// <summary>A value by which exactly one record is meant, such as "Email:a@b.example": for exact search, duplicates and imports.</summary>
public sealed class MatchKeyRow(string key, long recordId, string type)
{
    [MaxLength(220)]
    public string Key { get; private set; } = key;
    public long RecordId { get; private set; } = recordId;
    [MaxLength(40)]
    public string Type { get; private set; } = type;

    public static string Of(MatchKey key) => $"{key.Kind}:{key.Value}";
}

internal sealed class MatchKeyConfiguration : IEntityTypeConfiguration<MatchKeyRow>
{
    public void Configure(EntityTypeBuilder<MatchKeyRow> key)
    {
        key.ToTable("MatchKeys");
        key.HasKey(k => new { k.Key, k.RecordId });
        key.HasIndex(k => k.RecordId);
    }
}
