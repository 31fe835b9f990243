using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

/// <summary>The figures of a customer, kept up by differences, are what a count of everything gives.</summary>
public sealed class CustomerFiguresTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Figures_are_right_after_every_single_thing_that_happens(int seed)
    {
        var work = new RandomWork(database, seed);
        await work.BeginAsync();

        for (var step = 1; step <= 300; step++)
        {
            var done = await work.NextAsync();

            await using var scope = database.AsSystem();
            var (expected, stored) = (await Recount.ExpectedAsync(scope.Db, database.Clock.Utc), await Recount.StoredAsync(scope.Db));
            Assert.True(expected.SequenceEqual(stored), $"Step {step}, {done}:\nexpected {string.Join('\n', expected.Except(stored))}\nstored   {string.Join('\n', stored.Except(expected))}");
        }
    }

    [Fact]
    public async Task Two_scopes_that_stay_open_do_not_count_past_each_other()
    {
        await using var first = database.AsSystem();
        var customer = await first.AddAsync(new Customer { Name = "Halden" });
        await using var second = database.AsSystem();

        for (var i = 0; i < 3; i++)
        {
            await first.AddAsync(new Activity { Subject = "One", CustomerId = customer.Id });
            await second.AddAsync(new Activity { Subject = "Another", CustomerId = customer.Id });
        }

        Assert.Equal(6, (await first.Db.Set<CustomerFigures>().AsNoTracking().SingleAsync(f => f.CustomerId == customer.Id, Ct)).OpenActivities);
    }

    [Fact]
    public async Task Eight_writers_at_once_are_all_counted()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(WriteAsync, Ct)));

        var figures = await scope.Db.Set<CustomerFigures>().AsNoTracking().SingleAsync(f => f.CustomerId == customer.Id, Ct);
        Assert.Equal((80, 80), (figures.OpenActivities, figures.Contacts));

        async Task WriteAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                await using var own = database.AsSystem();
                var contact = new Contact { FamilyName = "Duarte" };
                own.Repository<Contact>().Add(contact);
                own.Repository<Contact>().AddPart(contact.WorkFor(customer.Id, new(2026, 3, 2), current: null)!);
                await own.AddAsync(new Activity { Subject = "One", CustomerId = customer.Id });
            }
        }
    }
}
