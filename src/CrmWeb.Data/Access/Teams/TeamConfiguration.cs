using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Access;

internal sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> team)
    {
        team.ToTable("Teams");
        team.IsSortedBy(t => t.SortKey);
        team.HasOne<Team>().WithMany().HasForeignKey(t => t.ParentId);
    }
}
