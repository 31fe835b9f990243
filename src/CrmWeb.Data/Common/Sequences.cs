using System.ComponentModel.DataAnnotations;
using System.Data;
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
    private const int IdBlock = 1_000, NumberBlock = 100;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long Next, long End)> blocks = new(StringComparer.Ordinal);

    public const string Ids = "id";

    /// <summary>Counts the changes of what people's rights and habits are worked out from.</summary>
    public const string Rights = "rights";

    /// <summary>Ids below are kept for what comes with the product.</summary>
    public const long FirstId = 1_000;

    /// <summary>The next id, unique over all record types.</summary>
    public long NextId() => Reserve(Ids, 1).Dequeue();

    /// <summary>Ids of one's own, to be taken before a transaction begins: inside one there is no way to another block.</summary>
    public Queue<long> ReserveIds(int count) => Reserve(Ids, count);

    /// <summary>Numbers of a kind and year of one's own: C-2026-00042.</summary>
    public Queue<string> ReserveNumbers(string prefix, int year, int count) =>
        new(Reserve($"{prefix}-{year}", count).Select(n => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}-{year}-{n:00000}")));

    private Queue<long> Reserve(string name, int count)
    {
        var reserved = new Queue<long>(count);
        lock (gate)
        {
            var (next, end) = blocks.GetValueOrDefault(name);
            while (reserved.Count < count)
            {
                if (next >= end)
                {
                    var size = Math.Max(name == Ids ? IdBlock : NumberBlock, count - reserved.Count);
                    next = Take(name, size);
                    end = next + size;
                }
                reserved.Enqueue(next++);
            }
            blocks[name] = (next, end);
        }
        return reserved;
    }

    private long Take(string name, int size)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        // Serializable: of two who find no row yet, the second waits until the first has added it.
        using var transaction = db.Database.BeginTransaction(IsolationLevel.Serializable);
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
