using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

public sealed class SharingTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shared_customer_and_what_lives_with_it_are_there_until_it_is_taken_back()
    {
        var (owner, other, customer) = await FirmAsync();
        await ShareAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: false));

        Assert.Equal((true, true, false, false), await ReachAsync(other, customer));
        await ShareAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: true));
        Assert.Equal((true, true, true, false), await ReachAsync(other, customer));
        await using (var scope = await database.AsAsync(owner))
            await scope.Get<ISharingService>().EndAsync(customer, other.Id, Ct);
        Assert.Equal((false, false, false, false), await ReachAsync(other, customer));
    }

    [Fact]
    public async Task A_share_with_a_team_is_for_its_members_alone()
    {
        var (owner, other, customer) = await FirmAsync();
        var team = await database.AddTeamAsync("Guests");
        var guest = await database.AddUserAsync("Gus", team, BuiltInRoles.Sales);
        await ShareAsync(owner, new(customer, UserId: null, team.Id, MayEdit: false));

        Assert.Equal((true, true, false, false), await ReachAsync(guest, customer));
        Assert.Equal((false, false, false, false), await ReachAsync(other, customer));
    }

    [Fact]
    public async Task A_share_widens_whose_records_one_reaches_never_what_one_may_do()
    {
        var (owner, _, customer) = await FirmAsync();
        var reader = await database.AddUserWithAsync("Rea", team: null, new Grant("Customer", RecordAction.View, Scope.Own));
        await ShareAsync(owner, new(customer, reader.Id, TeamId: null, MayEdit: true));

        Assert.Equal((true, false, false, false), await ReachAsync(reader, customer));
    }

    [Fact]
    public async Task In_the_trash_it_is_shared_with_nobody_and_restored_it_is_again()
    {
        var (owner, other, customer) = await FirmAsync();
        await ShareAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: true));
        await using (var scope = await database.AsAsync(owner))
        {
            (await scope.Repository<Customer>().GetAsync(customer, RecordAction.Delete, Ct)).Delete(database.Clock.Utc, owner.Id);
            await scope.SaveAsync();
        }
        Assert.False((await ReachAsync(other, customer)).Seen);
        await using (var scope = await database.AsAsync(other))
            await Assert.ThrowsAsync<RecordNotFoundException>(() => scope.Repository<Customer>().GetDeletedAsync(customer, Ct));

        await using (var scope = await database.AsAsync(owner))
        {
            (await scope.Repository<Customer>().GetDeletedAsync(customer, Ct)).Restore();
            await scope.SaveAsync();
        }

        Assert.Equal((true, true, true, false), await ReachAsync(other, customer));
    }

    [Fact]
    public async Task Who_may_only_see_or_change_it_cannot_share_it_and_nothing_is_written()
    {
        var (owner, other, customer) = await FirmAsync();
        var third = await database.AddUserAsync("Tim", team: null, BuiltInRoles.Sales);
        await ShareAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: true));

        await Assert.ThrowsAsync<AccessDeniedException>(() => ShareAsync(other, new(customer, third.Id, TeamId: null, MayEdit: false)));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => ShareAsync(third, new(customer, third.Id, TeamId: null, MayEdit: true)));
        await using var scope = await database.AsAsync(other);
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<ISharingService>().EndAsync(customer, other.Id, Ct));

        Assert.Equal(other.Id, (await scope.Db.Set<CustomerShare>().SingleAsync(s => s.CustomerId == customer, Ct)).RecipientId);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field()
    {
        var (owner, other, customer) = await FirmAsync();
        await using (var system = database.AsSystem())
        {
            (await system.Repository<User>().GetAsync(other.Id, RecordAction.Edit, Ct)).Deactivate();
            await system.SaveAsync();
        }

        Assert.Equal(("Share.NeedsOne", "UserId"), await RefusalAsync(owner, new(customer, UserId: null, TeamId: null, MayEdit: false)));
        Assert.Equal(("Share.NeedsOne", "UserId"), await RefusalAsync(owner, new(customer, owner.Id, owner.HomeTeamId, MayEdit: false)));
        Assert.Equal(("Share.IsOwner", "UserId"), await RefusalAsync(owner, new(customer, owner.Id, TeamId: null, MayEdit: false)));
        Assert.Equal(("Error.ReferenceNotFound", "UserId"), await RefusalAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: false)));
        Assert.Equal(("Error.ReferenceNotFound", "TeamId"), await RefusalAsync(owner, new(customer, UserId: null, other.Id, MayEdit: false)));
    }

    [Fact]
    public async Task No_more_can_be_shared_with_one_than_his_rights_hold()
    {
        var (owner, other, customer) = await FirmAsync();
        await using (var system = database.AsSystem())
        {
            var customers = Enumerable.Range(0, CustomerShare.MostOfRecipient).Select(i => new Customer { Name = $"Many {i}" }).ToList();
            customers.ForEach(system.Repository<Customer>().Add);
            system.Db.AddRange(customers.Select(c => new CustomerShare(c.Id, other.Id, isTeam: false)));
            await system.SaveAsync();
        }
        await using var his = await database.AsAsync(other);

        Assert.Equal(CustomerShare.MostOfRecipient, await his.Repository<Customer>().Query().CountAsync(Ct));
        Assert.Equal(("Share.TooManyOfRecipient", "UserId"), await RefusalAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: false)));
    }

    [Fact]
    public async Task The_history_says_whom_it_was_shared_with()
    {
        var (owner, other, customer) = await FirmAsync();
        await ShareAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: false));
        await using var scope = await database.AsAsync(owner);
        await scope.Get<ISharingService>().EndAsync(customer, other.Id, Ct);

        var lines = (await scope.Get<IHistoryService>().OfRecordAsync(scope.Get<RecordCatalogue>().Of<Customer>(), customer, before: null, Ct)).Lines;

        Assert.Equal([(AuditKind.Shared, null, "Olle"), (AuditKind.Unshared, "Olle", null)],
            lines.Where(l => l.Entry.Kind is AuditKind.Shared or AuditKind.Unshared).OrderBy(l => l.Entry.Id).Select(l => (l.Entry.Kind, l.Changes!.Single().Old, l.Changes!.Single().New)));
        Assert.Equal("Sees", lines.First(l => l.Entry.Kind == AuditKind.Shared).Changes!.Single().Property);
    }

    [Fact]
    public async Task The_explainer_says_that_it_is_shared()
    {
        var (owner, other, customer) = await FirmAsync();
        await ShareAsync(owner, new(customer, other.Id, TeamId: null, MayEdit: false));
        await using var scope = await database.AsAsync(await database.AddUserAsync("Ada", team: null, BuiltInRoles.Administrator));

        var told = await scope.Get<IAccessExplainer>().ExplainAsync(other.Id, "Customer", customer, Ct);

        Assert.Equal(RecordReason.Shared, told.Actions.Single(a => a.Action == RecordAction.View).Record);
        Assert.Null(told.Actions.Single(a => a.Action == RecordAction.Edit).Record);
    }

    /// <summary>Someone with a customer and a contact of it, and a colleague of another team.</summary>
    private async Task<(User Owner, User Other, long Customer)> FirmAsync()
    {
        var owner = await database.AddUserAsync("Ona", await database.AddTeamAsync("North"), BuiltInRoles.Sales);
        var other = await database.AddUserAsync("Olle", await database.AddTeamAsync("South"), BuiltInRoles.Sales);
        await using var scope = database.AsSystem();
        var customer = new Customer { Name = "Halden" };
        customer.Assign(owner.Id, owner.HomeTeamId);
        await scope.AddAsync(customer);
        var contact = new Contact { FamilyName = "Haldensen" };
        scope.Repository<Contact>().Add(contact);
        scope.Repository<Contact>().AddPart(contact.WorkFor(customer.Id, new(2026, 3, 2), current: null)!);
        await scope.SaveAsync();
        return (owner, other, customer.Id);
    }

    private async Task ShareAsync(User by, ShareCustomer input)
    {
        await using var scope = await database.AsAsync(by);
        await scope.Get<ISharingService>().ShareAsync(input, Ct);
    }

    private async Task<(string Text, string? Property)> RefusalAsync(User by, ShareCustomer input)
    {
        var broken = Assert.Single((await Assert.ThrowsAsync<RuleException>(() => ShareAsync(by, input))).Broken);
        return (broken.Text, broken.Property);
    }

    private async Task<(bool Seen, bool ContactSeen, bool Edited, bool Exported)> ReachAsync(User user, long customer)
    {
        await using var scope = await database.AsAsync(user);
        Task<bool> May(RecordAction action) => scope.Repository<Customer>().Query(action).AnyAsync(c => c.Id == customer, Ct);
        return (await May(RecordAction.View), await scope.Repository<Contact>().Query().AnyAsync(c => c.CustomerId == customer, Ct), await May(RecordAction.Edit), await May(RecordAction.Export) || await May(RecordAction.BulkEdit));
    }
}
