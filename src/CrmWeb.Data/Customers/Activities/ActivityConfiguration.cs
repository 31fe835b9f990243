using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class ActivityConfiguration : IEntityTypeConfiguration<Activity>
{
    public void Configure(EntityTypeBuilder<Activity> activity)
    {
        activity.ToTable("Activities");
        activity.IsSearched(place: 3);
        activity.Property(a => a.Participants).IsJson();
        activity.Property(a => a.Reminders).IsJson();
        activity.Ignore(a => a.IsOpen);
        activity.Ignore(a => a.IsTouch);
        activity.Ignore(a => a.HappenedAt);
        activity.HasOne(a => a.Customer).WithMany().HasForeignKey(a => a.CustomerId);
        activity.HasOne(a => a.Contact).WithMany().HasForeignKey(a => a.ContactId);
        activity.HasOne(a => a.Assignee).WithMany().HasForeignKey(a => a.AssigneeId);
        activity.HasIndex(a => new { a.AssigneeId, a.ClosedAt, a.DueOn, a.Id }); // a person's work list
        activity.HasIndex(a => new { a.CustomerId, a.ClosedAt, a.DueOn }); // what is open with a customer
        activity.HasIndex(a => new { a.CreatedAt, a.Id }); // the list, newest first
        activity.IsSortedBy(a => a.SortKey, a => a.Priority, a => a.DueOn, a => a.StartAt, a => a.ClosedAt);
        activity.HasIndex(a => new { a.ScopeOwnerId, a.CreatedAt, a.Id }); // the same for one who sees only some: see RowScope.Parts
        activity.HasIndex(a => new { a.ScopeTeamId, a.CreatedAt, a.Id });
    }
}

internal sealed class ActivityLinkConfiguration : IEntityTypeConfiguration<ActivityLink>
{
    public void Configure(EntityTypeBuilder<ActivityLink> link)
    {
        link.ToTable("ActivityLinks");
        link.HasKey(l => new { l.ActivityId, l.RecordType, l.RecordId });
        link.HasOne<Activity>().WithMany().HasForeignKey(l => l.ActivityId);
        link.HasIndex(l => new { l.RecordType, l.RecordId });
    }
}
