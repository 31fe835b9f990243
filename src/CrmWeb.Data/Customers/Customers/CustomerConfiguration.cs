using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Customers;

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("Customers");
        customer.IsSearched(place: 1);
        customer.Property(c => c.OtherPhones).IsJson();
        customer.Property(c => c.OtherEmails).IsJson();
        customer.Property(c => c.OtherAddresses).IsJson();
        customer.Property(c => c.Tags).IsJson();
        customer.Ignore(c => c.NumberPrefix);
        customer.Ignore(c => c.SizeBand);
        customer.HasOne(c => c.Owner).WithMany().HasForeignKey(c => c.OwnerId);
        customer.HasOne(c => c.OwnerTeam).WithMany().HasForeignKey(c => c.OwnerTeamId);
        customer.HasOne(c => c.Parent).WithMany().HasForeignKey(c => c.ParentId);
        customer.HasOne(c => c.Figures).WithOne().HasForeignKey<CustomerFigures>(f => f.CustomerId);
        customer.HasIndex(c => new { c.SortKey, c.Id }); // the list in its own order, page by page
        customer.HasIndex(c => new { c.OwnerId, c.SortKey, c.Id }); // "mine"
        customer.HasIndex(c => new { c.OwnerTeamId, c.SortKey, c.Id }); // "my team's"
        customer.IsSortedBy(c => c.Lifecycle, c => c.Employees, c => c.AnnualRevenue, c => c.FoundedYear, c => c.Rating, c => c.City, c => c.Country, c => c.CustomerSince, c => c.CreatedAt, c => c.ModifiedAt);
        customer.HasIndex(c => new { c.Currency, c.AnnualRevenue, c.DeletedAt }); // the sum below the list
        customer.HasIndex(c => new { c.ExternalSource, c.ExternalId }).IsUnique().HasFilter("ExternalId IS NOT NULL AND DeletedAt IS NULL"); // what lies in the trash holds no id up
    }
}

internal sealed class CustomerFiguresConfiguration : IEntityTypeConfiguration<CustomerFigures>
{
    public void Configure(EntityTypeBuilder<CustomerFigures> figures)
    {
        figures.ToTable("CustomerFigures");
        figures.HasKey(f => f.CustomerId);
        figures.Property(f => f.CustomerId).ValueGeneratedNever();
        figures.HasIndex(f => f.LastTouchAt);
        figures.HasIndex(f => new { f.OwnerId, f.LastTouchAt }); // a person's quiet customers
        figures.HasIndex(f => f.NextStepOn);
        figures.HasIndex(f => f.OpenPromises);
    }
}

internal sealed class LifecycleMoveConfiguration : IEntityTypeConfiguration<LifecycleMove>
{
    public void Configure(EntityTypeBuilder<LifecycleMove> move)
    {
        move.ToTable("LifecycleMoves");
        move.HasOne<Customer>().WithMany().HasForeignKey(m => m.CustomerId);
    }
}
