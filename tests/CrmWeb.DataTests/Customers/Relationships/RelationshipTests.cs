using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;

namespace CrmWeb.DataTests.Customers;

/// <summary>Ties between customers, seen from both ends.</summary>
public sealed class RelationshipTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tie_is_shown_on_both_sides_until_it_ends()
    {
        await using var scope = database.AsSystem();
        var (maker, seller) = (await AddAsync(scope, "Maker AB"), await AddAsync(scope, "Seller GmbH"));
        var (ties, customers) = (scope.Get<IRelationshipService>(), scope.Get<ICustomerService>());

        await ties.AddAsync(new(seller, RelationshipKind.DistributorOf, maker, FromOn: null, Note: null), Ct);

        var fromSeller = Assert.Single((await customers.ShowAsync(seller, Ct)).Related);
        var fromMaker = Assert.Single((await customers.ShowAsync(maker, Ct)).Related);
        Assert.Equal((maker, "RelationshipKind.DistributorOf.To"), (fromSeller.Id, fromSeller.Relation));
        Assert.Equal((seller, "RelationshipKind.DistributorOf.From", null), (fromMaker.Id, fromMaker.Relation, fromMaker.TieId));

        await ties.EndAsync(fromSeller.TieId!.Value, Ct);
        await ties.EndAsync(fromSeller.TieId!.Value, Ct);

        Assert.Empty((await customers.ShowAsync(seller, Ct)).Related);
        Assert.Equal(new DateOnly(2026, 3, 2), scope.Repository<Relationship>().Query().Single(r => r.Id == fromSeller.TieId).UntilOn);
    }

    [Fact]
    public async Task Nobody_is_tied_to_himself_to_the_invisible_or_twice()
    {
        var (west, east) = (await database.AddTeamAsync("West"), await database.AddTeamAsync("East"));
        await using var hers = await database.AsAsync(await database.AddUserAsync("Eve", east, BuiltInRoles.Sales));
        var hidden = await AddAsync(hers, "Hidden AB");
        await using var scope = await database.AsAsync(await database.AddUserAsync("Ana", west, BuiltInRoles.Sales));
        var (mine, other) = (await AddAsync(scope, "Mine AB"), await AddAsync(scope, "Other AB"));
        var ties = scope.Get<IRelationshipService>();

        Assert.Equal("Relationship.WithItself", await RefusalAsync(mine));
        Assert.Equal("Relationship.NeedsBoth", await RefusalAsync(null));
        Assert.Equal("Error.ReferenceNotFound", await RefusalAsync(hidden));
        await ties.AddAsync(new(mine, RelationshipKind.PartnerOf, other, null, null), Ct);
        Assert.Equal("Relationship.Known", await RefusalAsync(other));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => ties.AddAsync(new(hidden, RelationshipKind.PartnerOf, mine, null, null), Ct));

        async Task<string> RefusalAsync(long? to) =>
            Assert.Single((await Assert.ThrowsAsync<RuleException>(() => ties.AddAsync(new(mine, RelationshipKind.PartnerOf, to, null, null), Ct))).Broken).Text;
    }

    private static Task<long> AddAsync(TestScope scope, string name) => scope.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = name }, Ct);
}
