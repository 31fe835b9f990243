using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.DataTests.Customers;

/// <summary>A person who moves to another company keeps his history.</summary>
public sealed class EmployerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_employer_keeps_the_former_one_and_moves_figures_and_rights()
    {
        var (west, east) = (await database.AddTeamAsync("West"), await database.AddTeamAsync("East"));
        var (ana, eve) = (await database.AddUserAsync("Ana", west, BuiltInRoles.Manager), await database.AddUserAsync("Eve", east, BuiltInRoles.Sales));
        await using var scope = database.AsSystem();
        var customers = scope.Get<IRecordService<Customer>>();
        var (first, second) = (await customers.CreateAsync(new() { ["name"] = "First AB", ["owner"] = ana.Id }, Ct), await customers.CreateAsync(new() { ["name"] = "Second AB", ["owner"] = eve.Id }, Ct));
        var person = await scope.Get<IRecordService<Contact>>().CreateAsync(new() { ["familyName"] = "Sandström", ["customer"] = first }, Ct);
        database.Clock.Now += TimeSpan.FromDays(40);

        var version = (await scope.Get<IRecordService<Contact>>().OpenAsync(person, RecordAction.Edit, Ct)).Version;
        await scope.Get<IContactService>().ChangeEmployerAsync(person, second, version, Ct);

        var page = await scope.Get<IContactService>().ShowAsync(person, Ct);
        Assert.Equal([("Second AB", true), ("First AB", false)], page.Employers.Select(e => (e.Name, e.UntilOn is null)));
        Assert.Equal("Second AB", page.Brief!.Name);
        Assert.Equal((0, 1), ((await scope.Get<ICustomerService>().ShowAsync(first, Ct)).Figures.Contacts, (await scope.Get<ICustomerService>().ShowAsync(second, Ct)).Figures.Contacts));
        await using var hers = await database.AsAsync(eve);
        Assert.Single(hers.Repository<Contact>().Query(), c => c.Id == person);
        Assert.Equal(["Second AB"], (await hers.Get<IContactService>().ShowAsync(person, Ct)).Employers.Select(e => e.Name));
        await Assert.ThrowsAsync<StaleRecordException>(() => scope.Get<IContactService>().ChangeEmployerAsync(person, first, version, Ct));
    }
}
