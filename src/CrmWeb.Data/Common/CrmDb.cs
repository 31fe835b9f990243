using CrmWeb.Data.Access;

using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CrmWeb.Data.Common;

/// <summary>The one model of both databases. Every save, Identity's too, goes through the save pipeline.</summary>
public sealed class CrmDb(DbContextOptions<CrmDb> options, IDatabaseProvider provider, SavePipeline? pipeline = null)
    : IdentityUserContext<Login, long>(options), IUnitOfWork, IDataProtectionKeyContext
{
    public IDatabaseProvider Provider => provider;

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public async Task SaveAsync(CancellationToken ct)
    {
        try
        {
            await SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException stale)
        {
            Forget();
            throw new StaleRecordException(stale);
        }
        catch (DbUpdateException failed) when (provider.UniqueViolation(failed) is { } index)
        {
            Forget();
            throw new RuleException([UniqueRules.Broken(index)]);
        }
    }

    public void Forget() => ChangeTracker.Clear();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        pipeline is null
            ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : await pipeline.SaveAsync(this, ct => base.SaveChangesAsync(acceptAllChangesOnSuccess, ct), cancellationToken);

    /// <summary>Not offered: saving waits for the disk, and a thread must not wait with it.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Save asynchronously.");

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CrmDb).Assembly);
        ModelConventions.Apply(builder);
        provider.Adapt(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMoment>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<Domain.Customers.CustomerRoles>().HaveConversion<int>();
        provider.Configure(configurationBuilder);
    }
}
