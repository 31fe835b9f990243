using System.Data.Common;
using CrmWeb.DataTests.Common.Bulk;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common.Saving;

/// <summary>A save is one: of records and of everything that belongs to them.</summary>
public sealed class OneSaveTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_save_that_breaks_at_any_of_its_commands_leaves_nothing()
    {
        var (customer, other) = (await AddAsync("Halden"), await AddAsync("Tranvik"));
        var before = await ContentAsync();
        var breaker = new Breaker();
        var process = Warm(database.Another(db => db.AddInterceptors(breaker)));

        var broken = 0;
        for (var saved = false; !saved; broken++)
        {
            await using var scope = database.AsSystem(process);
            await ChangeEverythingAsync(scope, customer, other);
            breaker.After = broken;
            saved = await SavesAsync(scope);
            breaker.After = null;
            if (!saved)
                Assert.Equal(before, await ContentAsync());
        }

        Assert.True(broken > 8, "the save had hardly a command that could break");
        Assert.NotEqual(before, await ContentAsync());
    }

    [Fact]
    public async Task A_save_is_one_transaction_and_one_SaveChanges()
    {
        var (customer, other) = (await AddAsync("Halden"), await AddAsync("Tranvik"));
        var counter = new Counter();
        var process = Warm(database.Another(db => db.AddInterceptors(counter, counter.Transactions)));
        await using var scope = database.AsSystem(process);
        await ChangeEverythingAsync(scope, customer, other);

        await scope.SaveAsync();

        Assert.Equal((1, 1), (counter.Saves, counter.Transactions.Begun));
    }

    [Fact]
    public async Task Saving_without_waiting_is_not_offered()
    {
        await using var scope = database.AsSystem();

        Assert.Throws<NotSupportedException>(() => scope.Db.SaveChanges());
    }

    [Fact]
    public async Task One_scope_can_save_the_same_records_again_and_again()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden", Email = "one@halden.example" });
        var call = new Activity { Kind = ActivityKind.Call, Subject = "First", CustomerId = customer.Id };
        call.Complete(database.Clock.Utc);
        await scope.AddAsync(call);

        (customer.Email, call.Subject) = ("two@halden.example", "Second");
        await scope.SaveAsync();
        (customer.Email, call.Subject) = ("three@halden.example", "Third");
        await scope.SaveAsync();

        Assert.Equal("Third", (await scope.Db.Set<TimelineEntry>().AsNoTracking().SingleAsync(t => t.SourceId == call.Id, Ct)).Title);
        Assert.Equal(customer.Id, Assert.Single(await scope.Get<ISearchService>().FindAsync("three@halden.example", 8, Ct)).Id);
        Assert.Empty(await scope.Get<ISearchService>().FindAsync("two@halden.example", 8, Ct));
    }

    [Fact]
    public async Task A_save_that_failed_can_be_tried_again_in_its_scope()
    {
        var breaker = new Breaker();
        var process = Warm(database.Another(db => db.AddInterceptors(breaker)));
        await using var scope = database.AsSystem(process);
        scope.Repository<Customer>().Add(new() { Name = "Twice tried" });
        scope.Get<Operation>().Key = "twice tried";
        breaker.After = 0;
        Assert.False(await SavesAsync(scope));
        breaker.After = null;

        await scope.SaveAsync();

        var saved = await scope.Db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Name == "Twice tried", Ct);
        Assert.Single(await scope.Db.Set<AuditEntry>().Where(a => a.RecordId == saved.Id).ToListAsync(Ct));
        Assert.Single(await scope.Db.Set<TimelineEntry>().Where(a => a.CustomerId == saved.Id).ToListAsync(Ct));
        Assert.Equal(saved.Id, await scope.Get<IIdempotencyKeys>().FindAsync("twice tried", Ct));
    }

    [Fact]
    public async Task What_a_request_is_known_by_is_kept_once_and_what_comes_second_leaves_nothing()
    {
        await using var first = database.AsSystem();
        await using var second = database.AsSystem();
        first.Get<Operation>().Key = second.Get<Operation>().Key = "clicked twice";
        var made = await first.AddAsync(new Customer { Name = "Clicked Twice AB" });
        second.Repository<Customer>().Add(new() { Name = "Clicked Twice AB" });

        await Assert.ThrowsAsync<RuleException>(second.SaveAsync);

        Assert.Equal(made.Id, (await first.Db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Name == "Clicked Twice AB", Ct)).Id);
        Assert.Equal(0, await first.Get<IIdempotencyKeys>().TidyAsync(database.Clock.Utc - IdempotencyKey.Kept, Ct));
        Assert.Equal(made.Id, await first.Get<IIdempotencyKeys>().FindAsync("clicked twice", Ct));
        Assert.NotEqual(0, await first.Get<IIdempotencyKeys>().TidyAsync(database.Clock.Utc.AddSeconds(1), Ct));
        Assert.Null(await first.Get<IIdempotencyKeys>().FindAsync("clicked twice", Ct));
    }

    private async Task<long> AddAsync(string name)
    {
        await using var scope = database.AsSystem();
        return (await scope.AddAsync(new Customer { Name = name })).Id;
    }

    /// <summary>The first save of a process fetches its numbers; that is not what is looked at.</summary>
    private static IServiceProvider Warm(IServiceProvider process)
    {
        using var scope = process.CreateScope();
        scope.ServiceProvider.GetRequiredService<Data.Common.Sequences>().NextId();
        scope.ServiceProvider.GetRequiredService<Data.Common.Sequences>().ReserveNumbers("C", 2026, 1);
        return process;
    }

    /// <summary>New, changed, given away, rekeyed, counted: all that one save can hold.</summary>
    private async Task ChangeEverythingAsync(TestScope scope, long customerId, long otherId)
    {
        var customer = await scope.Repository<Customer>().GetAsync(customerId, RecordAction.Edit, Ct);
        customer.Assign(User.SystemId, teamId: null);
        customer.Email = "new@halden.example";
        var contact = new Contact { FamilyName = "Duarte" };
        scope.Repository<Contact>().Add(contact);
        scope.Repository<Contact>().AddPart(contact.WorkFor(otherId, new(2026, 3, 2), current: null)!);
        var call = new Activity { Kind = ActivityKind.Call, Subject = "Asked", CustomerId = customerId };
        call.Complete(database.Clock.Utc);
        scope.Repository<Activity>().Add(call);
        scope.Repository<Customer>().Add(new() { Name = "Third" });
        scope.Get<Operation>().Key = Guid.NewGuid().ToString("N");
    }

    private static async Task<bool> SavesAsync(TestScope scope)
    {
        try
        {
            await scope.SaveAsync();
            return true;
        }
        catch (Exception failed) when (failed is IOException || failed.InnerException is IOException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, List<string>>> ContentAsync()
    {
        await using var scope = database.AsSystem();
        return await TableText.ReadAsync(scope.Db, Ct);
    }

    /// <summary>Lets so many commands pass, then the connection is gone.</summary>
    private sealed class Breaker : DbCommandInterceptor
    {
        private int passed;

        public int? After
        {
            get;
            set => (field, passed) = (value, 0);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Pass();
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Pass();
            return new(result);
        }

        private void Pass()
        {
            if (passed++ == After)
                throw new IOException("The connection is gone.");
        }
    }

    private sealed class Counter : SaveChangesInterceptor
    {
        public int Saves { get; private set; }
        public Begins Transactions { get; } = new();

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Saves++;
            return new(result);
        }
    }

    private sealed class Begins : DbTransactionInterceptor
    {
        public int Begun { get; private set; }

        public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            Begun++;
            return new(result);
        }
    }
}
