using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Common;

/// <summary>The next free number of a run: record ids, or quoted numbers of one kind and year.</summary>
public sealed class Sequence
{
    [MaxLength(40)]
    public required string Name { get; init; }
    public long Next { get; set; }
}

/// <summary>Gives ids and numbers from blocks, each block taken once by a short transaction of its own: never the same twice, gaps allowed.</summary>
public sealed class Sequences(IServiceScopeFactory scopes)
{
    private const int Block = 1_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Next, long End)> blocks = new(StringComparer.Ordinal);

    public const string Ids = "id";

    /// <summary>Ids below are kept for what comes with the product.</summary>
    public const long FirstId = 1_000;

    /// <summary>The next id, unique over all record types.</summary>
    public long NextId() => Next(Ids, Block);

    /// <summary>The next number of a kind in a year: C-2026-00042.</summary>
    public string NextNumber(string prefix, int year) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}-{year}-{Next($"{prefix}-{year}", size: 100):00000}");

    private long Next(string name, int size)
    {
        lock (gate)
        {
            var (next, end) = blocks.GetValueOrDefault(name);
            if (next >= end)
            {
                next = Take(name, size);
                end = next + size;
            }
            blocks[name] = (next + 1, end);
            return next;
        }
    }

    private long Take(string name, int size)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        using var transaction = db.Database.BeginTransaction();
        if (db.Set<Sequence>().Where(s => s.Name == name).ExecuteUpdate(s => s.SetProperty(x => x.Next, x => x.Next + size)) == 0)
            db.Database.ExecuteSql($"INSERT INTO Sequences (Name, Next) VALUES ({name}, {(name == Ids ? FirstId : 1L) + size})");
        var taken = db.Set<Sequence>().Where(s => s.Name == name).Select(s => s.Next).Single();
        transaction.Commit();
        return taken - size;
    }
}

internal sealed class SequenceConfiguration : IEntityTypeConfiguration<Sequence>
{
    public void Configure(EntityTypeBuilder<Sequence> sequence)
    {
        sequence.ToTable("Sequences");
        sequence.HasKey(s => s.Name);
    }
}
