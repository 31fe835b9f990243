using CrmWeb.Domain.Access;
using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Data.Access;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.ToTable("Users");
        user.IsSearched(place: 5);
        user.IsSortedBy(u => u.SortKey, u => u.LastSignInAt, u => new { u.Email, u.Id });
        user.HasOne(u => u.HomeTeam).WithMany().HasForeignKey(u => u.HomeTeamId);
        user.HasMany(u => u.Teams).WithOne().HasForeignKey(t => t.UserId);
        user.HasMany(u => u.Roles).WithOne().HasForeignKey(r => r.UserId);
        user.HasIndex(u => u.Email).IsUnique().HasFilter("Email IS NOT NULL");
    }
}

internal sealed class UserRoleConfiguration : IEntityTypeConfiguration<UserRole>
{
    public void Configure(EntityTypeBuilder<UserRole> role)
    {
        role.ToTable("UserRoles");
        role.HasKey(r => new { r.UserId, r.RoleId });
        role.HasOne(r => r.Role).WithMany().HasForeignKey(r => r.RoleId);
    }
}

internal sealed class TeamMembershipConfiguration : IEntityTypeConfiguration<TeamMembership>
{
    public void Configure(EntityTypeBuilder<TeamMembership> membership)
    {
        membership.ToTable("TeamMemberships");
        membership.HasKey(m => new { m.UserId, m.TeamId });
        membership.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId);
    }
}

internal sealed class LoginConfiguration : IEntityTypeConfiguration<Login>
{
    public void Configure(EntityTypeBuilder<Login> login)
    {
        login.ToTable("Logins");
        login.Property(l => l.Id).ValueGeneratedNever();
        login.HasOne<User>().WithOne().HasForeignKey<Login>(l => l.Id);
    }
}

/// <summary>Identity's own lengths make keys of 1,800 bytes; SQL Server takes 900.</summary>
internal sealed class IdentityKeysConfiguration : IEntityTypeConfiguration<IdentityUserLogin<long>>, IEntityTypeConfiguration<IdentityUserToken<long>>, IEntityTypeConfiguration<IdentityUserPasskey<long>>
{
    private const int KeyPart = 200, LongestKey = 900;

    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> login)
    {
        login.Property(l => l.LoginProvider).HasMaxLength(KeyPart);
        login.Property(l => l.ProviderKey).HasMaxLength(KeyPart);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> token)
    {
        token.Property(t => t.LoginProvider).HasMaxLength(KeyPart);
        token.Property(t => t.Name).HasMaxLength(KeyPart);
    }
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<long>> passkey) => passkey.Property(p => p.CredentialId).HasMaxLength(LongestKey);
}
