using CrmWeb.Domain.Access;

namespace CrmWeb.Data.Access;

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> organisation) => organisation.ToTable("Organisations");
}
