namespace CrmWeb.Data.Common;

internal sealed class ImportRunConfiguration : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> run)
    {
        run.ToTable("ImportRuns");
        run.Property(r => r.Columns).IsJson();
        run.Property(r => r.Fixed).IsJson();
        run.Property(r => r.MatchBy).IsJson();
        run.Property(r => r.Unknown).IsJson();
        run.Ignore(r => r.IsOpen);
        run.Ignore(r => r.CanGoOn);
        run.HasIndex(r => new { r.OwnerId, r.Id });
        run.HasIndex(r => r.FileHash);
        run.HasIndex(r => new { r.OwnerId, r.HeadsHash, r.Id });
    }
}

internal sealed class ImportProgressConfiguration : IEntityTypeConfiguration<ImportProgress>
{
    public void Configure(EntityTypeBuilder<ImportProgress> progress)
    {
        progress.ToTable("ImportProgress");
        progress.HasKey(p => p.ImportRunId);
        progress.Property(p => p.ImportRunId).ValueGeneratedNever();
        progress.HasOne<ImportRun>().WithOne().HasForeignKey<ImportProgress>(p => p.ImportRunId);
    }
}

internal sealed class ImportRowConfiguration : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> row)
    {
        row.ToTable("ImportRows");
        row.HasKey(r => new { r.ImportRunId, r.Line }); // one outcome a row, whatever is run again
        row.Property(r => r.Line).ValueGeneratedNever();
        row.Property(r => r.Reason).HasMaxLength(-1);
        row.HasOne<ImportRun>().WithMany().HasForeignKey(r => r.ImportRunId);
        row.HasIndex(r => new { r.ImportRunId, r.Outcome, r.Line });
    }
}

internal sealed class ImportFixConfiguration : IEntityTypeConfiguration<ImportFix>
{
    public void Configure(EntityTypeBuilder<ImportFix> fix)
    {
        fix.ToTable("ImportFixes");
        fix.HasKey(f => new { f.ImportRunId, f.Line });
        fix.Property(f => f.Line).ValueGeneratedNever();
        fix.Property(f => f.Cells).IsJson();
        fix.HasOne<ImportRun>().WithMany().HasForeignKey(f => f.ImportRunId);
    }
}
