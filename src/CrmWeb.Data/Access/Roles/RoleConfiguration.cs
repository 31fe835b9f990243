using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Access;

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> role)
    {
        role.ToTable("Roles");
        role.Property(r => r.Grants).IsJson();
        role.Property(r => r.Rights).IsJson();
        role.Property(r => r.Fields).IsJson();
        role.HasIndex(r => r.Name).IsUnique().HasFilter("DeletedAt IS NULL"); // a name is free again when its role is gone
    }
}
