namespace CrmWeb.Data.Common;

internal sealed class SelectionConfiguration : IEntityTypeConfiguration<Selection>
{
    public void Configure(EntityTypeBuilder<Selection> selection)
    {
        selection.ToTable("Selections");
        selection.HasKey(s => new { s.UserId, s.Type, s.View });
        selection.Property(s => s.Conditions).HasMaxLength(-1);
        selection.Property(s => s.Ids).IsJson();
        selection.Ignore(s => s.IsAll);
        selection.Ignore(s => s.IsEmpty);
    }
}

internal sealed class BulkRunConfiguration : IEntityTypeConfiguration<BulkRun>
{
    public void Configure(EntityTypeBuilder<BulkRun> run)
    {
        run.ToTable("BulkRuns");
        run.Property(r => r.Values).IsJson();
        run.Property(r => r.AddTags).IsJson();
        run.Property(r => r.RemoveTags).IsJson();
        run.Property(r => r.Ids).IsJson();
        run.Property(r => r.Conditions).HasMaxLength(-1);
        run.HasIndex(r => new { r.OwnerId, r.Id });
        run.HasIndex(r => new { r.FromId, r.Id });
    }
}

internal sealed class BulkProgressConfiguration : IEntityTypeConfiguration<BulkProgress>
{
    public void Configure(EntityTypeBuilder<BulkProgress> progress)
    {
        progress.ToTable("BulkProgress");
        progress.HasKey(p => p.BulkRunId);
        progress.Property(p => p.BulkRunId).ValueGeneratedNever();
        progress.Property(p => p.LastId).IsConcurrencyToken(); // of two workers with the same batch in hand one writes it
        progress.Ignore(p => p.Done);
        progress.HasOne<BulkRun>().WithOne().HasForeignKey<BulkProgress>(p => p.BulkRunId);
    }
}

internal sealed class BulkRowConfiguration : IEntityTypeConfiguration<BulkRow>
{
    public void Configure(EntityTypeBuilder<BulkRow> row)
    {
        row.ToTable("BulkRows");
        row.HasKey(r => new { r.BulkRunId, r.RecordId });
        row.Property(r => r.RecordId).ValueGeneratedNever();
        row.Property(r => r.Reason).HasMaxLength(-1);
        row.HasOne<BulkRun>().WithMany().HasForeignKey(r => r.BulkRunId);
    }
}
