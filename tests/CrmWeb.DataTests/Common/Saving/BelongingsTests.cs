using CrmWeb.Data.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Saving;

/// <summary>What follows a record: owner and team of its children, the keys it is recognised by, the index it is found in.</summary>
public sealed class BelongingsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Children_follow_their_customer_to_its_new_owner()
    {
        var (west, east) = (await database.AddTeamAsync("West"), await database.AddTeamAsync("East"));
        var (ana, ben) = (await database.AddUserAsync("Ana", west, BuiltInRoles.Sales), await database.AddUserAsync("Ben", east, BuiltInRoles.Sales));
        await using var scope = database.AsSystem();
        var customer = new Customer { Name = "Halden" };
        customer.Assign(ana.Id, west.Id);
        await scope.AddAsync(customer);
        var children = await AddChildrenAsync(scope, customer);
        Assert.All(children, c => Assert.Equal((ana.Id, west.Id), (c.ScopeOwnerId, c.ScopeTeamId)));

        await scope.Get<IRecordService<Customer>>().AssignAsync(customer.Id, ben.Id, customer.Version, Ct);

        await using var fresh = database.AsSystem();
        foreach (var child in await ChildrenAsync(fresh, customer.Id))
            Assert.Equal((ben.Id, east.Id), (child.ScopeOwnerId, child.ScopeTeamId));
        Assert.Equal(children.Count, (await ChildrenAsync(fresh, customer.Id)).Count);
    }

    [Fact]
    public async Task A_child_that_moves_belongs_to_whom_its_new_customer_belongs()
    {
        var (ana, ben) = (await database.AddUserAsync("Ana", team: null, BuiltInRoles.Sales), await database.AddUserAsync("Ben", team: null, BuiltInRoles.Sales));
        await using var scope = database.AsSystem();
        var (first, second) = (new Customer { Name = "Halden" }, new Customer { Name = "Tranvik" });
        first.Assign(ana.Id, teamId: null);
        second.Assign(ben.Id, teamId: null);
        await scope.AddAsync(first);
        await scope.AddAsync(second);
        var task = await scope.AddAsync(new Activity { Subject = "Call", CustomerId = first.Id });

        task.CustomerId = second.Id;
        await scope.SaveAsync();

        Assert.Equal(ben.Id, task.ScopeOwnerId);
    }

    [Fact]
    public async Task A_task_without_a_customer_belongs_to_who_has_it_to_do()
    {
        var (ana, ben) = (await database.AddUserAsync("Ana", team: null, BuiltInRoles.Sales), await database.AddUserAsync("Ben", team: null, BuiltInRoles.Sales));
        await using var scope = await database.AsAsync(ana);
        var task = await scope.AddAsync(new Activity { Subject = "Book a room", AssigneeId = ana.Id });

        task.AssigneeId = ben.Id;
        await scope.SaveAsync();

        await using var his = await database.AsAsync(ben);
        Assert.Contains(task.Id, his.Repository<Activity>().Query().Select(a => a.Id));
    }

    [Fact]
    public async Task A_record_is_recognised_by_what_it_holds_now()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden Robotics AB", Email = "Info@Halden.example", Website = "halden.example" });
        var first = await KeysAsync();
        Assert.Contains("Email:info@halden.example", first);
        Assert.Contains("Domain:halden.example", first);
        Assert.Contains($"Number:{customer.Number!.ToLowerInvariant()}", first);

        (customer.Email, customer.TaxNumber) = ("sales@halden.example", "SE 5560 1234");
        await scope.SaveAsync();
        Assert.Equal(first.Except(["Email:info@halden.example"]).Concat(["Email:sales@halden.example", "TaxNumber:se55601234"]).Order(StringComparer.Ordinal), await KeysAsync());

        customer.Delete(database.Clock.Utc, by: 1);
        await scope.SaveAsync();
        Assert.Empty(await KeysAsync());

        customer.Restore();
        await scope.SaveAsync();
        Assert.Contains("Email:sales@halden.example", await KeysAsync());

        async Task<List<string>> KeysAsync() => [.. (await scope.Db.Set<MatchKeyRow>().AsNoTracking().Where(k => k.RecordId == customer.Id).Select(k => k.Key).ToListAsync(Ct)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Search_finds_what_a_record_is_called_now()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Ödegården Verktyg" });
        Assert.Equal(customer.Id, await FoundAsync("egard"));

        customer.Name = "清河仪器";
        await scope.SaveAsync();
        Assert.Null(await FoundAsync("egard"));
        Assert.Equal(customer.Id, await FoundAsync("河仪"));
        Assert.Equal(customer.Id, await FoundAsync("qhyq"));

        customer.Delete(database.Clock.Utc, by: 1);
        await scope.SaveAsync();
        Assert.Null(await FoundAsync("河仪"));

        customer.Restore();
        await scope.SaveAsync();
        Assert.Equal(customer.Id, await FoundAsync("河仪"));

        async Task<long?> FoundAsync(string text) => (await scope.Get<ISearchService>().FindAsync(text, 8, Ct)).SingleOrDefault()?.Id;
    }

    private static async Task<IReadOnlyList<IScoped>> AddChildrenAsync(TestScope scope, Customer customer)
    {
        var contact = new Contact { FamilyName = "Duarte" };
        scope.Repository<Contact>().Add(contact);
        scope.Repository<Contact>().AddPart(contact.WorkFor(customer.Id, new(2026, 3, 2), current: null)!);
        return
        [
            contact,
            await scope.AddAsync(new Activity { Subject = "Call", CustomerId = customer.Id }),
            await scope.AddAsync(new Attachment { CustomerId = customer.Id, Name = "offer.pdf", Hash = new('a', 64), MediaType = "application/pdf" }),
            await scope.AddAsync(new Relationship { CustomerId = customer.Id, OtherCustomerId = customer.Id }),
            await scope.AddAsync(new Consent { CustomerId = customer.Id, Source = "fair" }),
        ];
    }

    /// <summary>The children of every type there is: a new one is not forgotten here.</summary>
    private static async Task<IReadOnlyList<IScoped>> ChildrenAsync(TestScope scope, long customer)
    {
        var children = new List<IScoped>();
        foreach (var type in scope.Db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => t.IsAssignableTo(typeof(IScoped))))
            children.AddRange(((IEnumerable<IScoped>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type).Invoke(scope.Db, null)!).Where(c => c.ScopeRecordId == customer));
        await Task.CompletedTask;
        return children;
    }
}
