using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

public sealed class AccessExplainerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_right_is_told_with_the_role_and_the_team_it_comes_from()
    {
        var top = await database.AddTeamAsync("Told");
        await database.AddTeamAsync("Told below", top);
        var person = await database.AddUserAsync("Tea", top, BuiltInRoles.Sales, BuiltInRoles.ReadOnly);
        await using var scope = await AdminAsync();

        var told = await scope.Get<IAccessExplainer>().ExplainAsync(person.Id, "Customer", recordId: null, Ct);

        Assert.Equal(("Told", "Told below"), (Assert.Single(told.Teams), Assert.Single(told.Below)));
        Assert.Equal((Scope.All, BuiltInRoles.ReadOnly), Said(told, RecordAction.View));
        Assert.Equal((Scope.Team, BuiltInRoles.Sales), Said(told, RecordAction.Edit));
        Assert.Empty(told.Actions.Single(a => a.Action == RecordAction.Export).By);
    }

    [Theory]
    [InlineData("own", RecordReason.IsOwner)]
    [InlineData("team", RecordReason.InTeam)]
    [InlineData("below", RecordReason.InTeamBelow)]
    [InlineData("elsewhere", null)]
    public async Task What_is_said_of_one_record_is_what_the_person_finds(string whose, RecordReason? why)
    {
        var team = await database.AddTeamAsync("Here");
        var (below, elsewhere) = (await database.AddTeamAsync("Under here", team), await database.AddTeamAsync("Elsewhere"));
        var person = await database.AddUserWithAsync("Pia", team, new Grant("Customer", RecordAction.View, Scope.Subtree));
        var other = await database.AddUserAsync("Olle", team, BuiltInRoles.Sales);
        var customer = new Customer { Name = "Halden" };
        customer.Assign(whose is "own" ? person.Id : other.Id, whose switch { "team" => team.Id, "below" => below.Id, _ => elsewhere.Id });
        await using (var system = database.AsSystem())
        {
            system.Repository<Customer>().Add(customer);
            await system.SaveAsync();
        }
        await using var scope = await AdminAsync();
        await using var theirs = await database.AsAsync(person);

        var told = await scope.Get<IAccessExplainer>().ExplainAsync(person.Id, "Customer", customer.Id, Ct);

        Assert.Equal(why, told.Actions.Single(a => a.Action == RecordAction.View).Record);
        Assert.Equal(why is not null, await theirs.Repository<Customer>().Query().AnyAsync(c => c.Id == customer.Id, Ct));
        Assert.Null(told.Actions.Single(a => a.Action == RecordAction.Edit).Record);
    }

    [Fact]
    public async Task Only_who_manages_users_may_ask_and_only_of_what_there_is()
    {
        var sales = await database.AddUserAsync("Sam", team: null, BuiltInRoles.Sales);
        await using (var theirs = await database.AsAsync(sales))
            await Assert.ThrowsAsync<AccessDeniedException>(() => theirs.Get<IAccessExplainer>().ExplainAsync(sales.Id, "Customer", recordId: null, Ct));
        await using var scope = await AdminAsync();
        var explainer = scope.Get<IAccessExplainer>();

        await Assert.ThrowsAsync<RecordNotFoundException>(() => explainer.ExplainAsync(sales.Id, "Customer", recordId: 987654321, Ct));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => explainer.ExplainAsync(987654321, "Customer", recordId: null, Ct));
        await Assert.ThrowsAsync<RuleException>(() => explainer.ExplainAsync(sales.Id, "Login", recordId: null, Ct));
    }

    private static (Scope Scope, string? By) Said(AccessExplanation told, RecordAction action) =>
        told.Actions.Where(a => a.Action == action).Select(a => (a.Scope, Assert.Single(a.By).BuiltIn)).Single();

    private async Task<TestScope> AdminAsync() => await database.AsAsync(await database.AddUserAsync("Ada", team: null, BuiltInRoles.Administrator));
}
