using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Access;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("Sessions");
        session.Property(s => s.Id).ValueGeneratedNever();
        session.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId);
    }
}
