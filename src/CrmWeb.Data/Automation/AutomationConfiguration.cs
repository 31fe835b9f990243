using CrmWeb.Domain.Automation;

namespace CrmWeb.Data.Automation;

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.ToTable("Outbox");
        message.Property(m => m.Id).ValueGeneratedNever();
        message.Property(m => m.Body).HasMaxLength(-1);
        message.HasIndex(m => new { m.State, m.DueAt });
        message.HasIndex(m => new { m.ForUserId, m.CreatedAt });
    }
}

internal sealed class WorkItemConfiguration : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> item)
    {
        item.ToTable("WorkItems");
        item.Property(i => i.Id).ValueGeneratedNever();
        item.HasIndex(i => new { i.State, i.DueAt });
        item.HasIndex(i => i.SubjectId);
    }
}

internal sealed class JobRunConfiguration : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> run)
    {
        run.ToTable("JobRuns");
        run.Property(r => r.Id).ValueGeneratedNever();
        run.HasIndex(r => new { r.Job, r.DueAt }).IsUnique();
    }
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> notification)
    {
        notification.ToTable("Notifications");
        notification.Property(n => n.Id).ValueGeneratedNever();
        notification.HasIndex(n => new { n.UserId, n.At });
        notification.HasIndex(n => n.UserId, "IX_Notifications_Unread").HasFilter("ReadAt IS NULL"); // asked on every page: holds only what is new
    }
}
