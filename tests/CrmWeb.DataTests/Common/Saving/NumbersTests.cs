using System.Collections.Concurrent;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common.Saving;

/// <summary>Ids and numbers are given once, however many ask at the same time.</summary>
public sealed class NumbersTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_writers_of_two_processes_get_different_numbers()
    {
        var processes = new[] { database.Services, database.Another() };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 15; i++)
            {
                await using var scope = database.AsSystem(processes[writer % 2]);
                await scope.AddAsync(new Customer { Name = $"Customer {writer} {i}" });
            }
        }, Ct)));

        await using var all = database.AsSystem();
        var numbers = await all.Db.Set<Customer>().Where(c => c.Name.StartsWith("Customer ")).Select(c => c.Number!).ToListAsync(Ct); // other tests of the class make some too
        Assert.Equal((120, 120), (numbers.Count, numbers.Distinct().Count()));
        Assert.All(numbers, n => Assert.Matches("^C-2026-[0-9]{5}$", n));
    }

    [Fact]
    public async Task Ids_are_never_given_twice_by_two_processes_at_once()
    {
        var sequences = new[] { database.Services, database.Another() }.Select(p => p.GetRequiredService<Sequences>()).ToList();
        var given = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(taker => Task.Run(() =>
        {
            var size = 1;
            for (var i = 0; i < 40; i++)
            {
                foreach (var id in sequences[taker % 2].ReserveIds(size))
                    given.Add(id);
                given.Add(sequences[taker % 2].NextId());
                size = (size * 7 % 911) + 1; // small ones, and some larger than a block
            }
        }, Ct)));

        Assert.True(given.Count > 10_000, "hardly any id was asked for");
        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.True(given.Min() >= Sequences.FirstId, "an id was given that belongs to what comes with the product");
    }

    [Fact]
    public async Task A_number_and_an_outer_key_that_exist_already_are_refused()
    {
        await using var scope = database.AsSystem();
        await scope.AddAsync(new Customer { Name = "One", ExternalSource = "erp", ExternalId = "7" });

        var refused = await Assert.ThrowsAsync<Domain.Common.RuleException>(() => scope.AddAsync(new Customer { Name = "Two", ExternalSource = "erp", ExternalId = "7" }));

        Assert.Equal(("Error.ExternalIdTaken", "ExternalId"), (refused.Broken[0].Text, refused.Broken[0].Property));
        await scope.AddAsync(new Customer { Name = "Three", ExternalSource = "shop", ExternalId = "7" }); // the refused one does not ride along
        Assert.False(await scope.Db.Set<Customer>().AnyAsync(c => c.Name == "Two", Ct));
    }
}
