using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Customers;

internal sealed class DifferentPairs(CrmDb db, IServiceProvider services, ICurrentUser user, TimeProvider clock) : IDifferentPairs
{
    private const int Most = 50;

    public async Task KeepAsync<T>(long id, IEnumerable<long> others, CancellationToken ct) where T : Record
    {
        var asked = others.Where(o => o != id).Distinct().Take(Most).ToList();
        if (asked.Count == 0)
            return;
        var (visible, known) = (await services.GetRequiredService<IRepository<T>>().Query().Where(r => asked.Contains(r.Id)).Select(r => r.Id).ToListAsync(ct), await Of(id).ToListAsync(ct));
        foreach (var other in visible.Except(known))
            db.Add(DifferentPair.Of(id, other, user.Id, clock.GetUtcNow().UtcDateTime));
    }

    /// <summary>The other one of each pair.</summary>
    public IQueryable<long> Of(long? id) => db.Set<DifferentPair>().Where(p => p.FirstId == id).Select(p => p.SecondId).Concat(db.Set<DifferentPair>().Where(p => p.SecondId == id).Select(p => p.FirstId));
}

internal sealed class DifferentPairConfiguration : IEntityTypeConfiguration<DifferentPair>
{
    public void Configure(EntityTypeBuilder<DifferentPair> pair)
    {
        pair.ToTable("DifferentPairs");
        pair.HasKey(p => new { p.FirstId, p.SecondId });
        pair.Property(p => p.FirstId).ValueGeneratedNever();
        pair.Property(p => p.SecondId).ValueGeneratedNever();
        pair.HasIndex(p => p.SecondId);
    }
}
