using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Records;

/// <summary>What a person just did is put back where nobody has touched it since.</summary>
public sealed class UndoTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private User ana = null!, ben = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var team = await database.AddTeamAsync("North");
        ana = await database.AddUserAsync("Ana", team, BuiltInRoles.Administrator);
        ben = await database.AddUserAsync("Ben", team, BuiltInRoles.Administrator);
    }

    [Fact]
    public async Task An_edit_is_put_back_field_by_field_with_an_audit_row_of_its_own()
    {
        var id = await AddAsync(new()
        {
            Name = "Halden",
            City = "Bergen",
            Employees = 7,
            AnnualRevenue = 12.5m,
            Rating = CustomerRating.B,
            Tags = ["old", "贸易"],
            ParentId = await AddAsync(new() { Name = "Group" }),
            Roles = CustomerRoles.EndCustomer | CustomerRoles.Partner,
            OtherPhones = [new("+46315550180", "desk")],
            OtherAddresses = [new Address(AddressKind.Shipping, "Kaj 5", "Oslo", null, null, "NO")],
        });
        var before = await ReadAsync(id);
        var edit = await EditAsync(ana, id, ("name", "Other"), ("city", (object?)null), ("employees", 8), ("annualRevenue", null), ("rating", CustomerRating.A), ("tags", FieldText.Tags("new")), ("parent", null),
            ("roles", CustomerRoles.Supplier), ("otherPhones", Array.Empty<Reach>()), ("otherAddresses", Array.Empty<Address>()));

        var result = await UndoAsync(ana, edit);

        var after = await ReadAsync(id);
        Assert.Equal((1, 0), (result.Done, result.Left));
        Assert.Equal(Text(before), Text(after));
        Assert.NotEqual(before.Version, after.Version);
        await using var scope = database.AsSystem();
        var audit = await scope.Db.Set<AuditEntry>().SingleAsync(a => a.Operation == result.Operation, Ct);
        Assert.Equal((ana.Id, $"undo:{edit}", AuditKind.Changed, 10), (audit.UserId, audit.Why, audit.Kind, audit.Changes!.Split("\":[").Length - 1));
    }

    [Fact]
    public async Task What_takes_an_undo_back_does_it_again()
    {
        var id = await AddAsync(new() { Name = "Halden", City = "Bergen" });
        var edit = await EditAsync(ana, id, ("city", "Oslo"));
        var undone = await UndoAsync(ana, edit);

        var again = await UndoAsync(ana, undone.Operation!.Value);

        Assert.Equal("Oslo", (await ReadAsync(id)).City);
        Assert.True(again.IsRedo);
        Assert.False((await UndoAsync(ana, again.Operation!.Value)).IsRedo);
        Assert.Equal("Bergen", (await ReadAsync(id)).City);
    }

    [Fact]
    public async Task A_record_in_which_someone_changed_the_same_field_since_is_left_and_named()
    {
        var id = await AddAsync(new() { Name = "Halden", City = "Bergen", Industry = "Fish" });
        var edit = await EditAsync(ana, id, ("city", "Oslo"), ("industry", "Ships"));
        await EditAsync(ben, id, ("city", "Stavanger"));

        var result = await UndoAsync(ana, edit);

        var saved = await ReadAsync(id);
        Assert.Equal(("Stavanger", "Ships", 0), (saved.City, saved.Industry, result.Done));
        Assert.Equal(("Halden", "Undo.ChangedSince"), (Assert.Single(result.Named).Title, result.Named[0].Why.Text));
        Assert.Null(result.Operation);
    }

    [Fact]
    public async Task Another_field_that_someone_changed_since_stays_as_he_saved_it()
    {
        var id = await AddAsync(new() { Name = "Halden", City = "Bergen" });
        var edit = await EditAsync(ana, id, ("city", "Oslo"));
        await EditAsync(ben, id, ("industry", "Ships"));

        await UndoAsync(ana, edit);

        var saved = await ReadAsync(id);
        Assert.Equal(("Bergen", "Ships"), (saved.City, saved.Industry));
    }

    [Fact]
    public async Task A_new_owner_gives_way_to_the_former_one_and_his_team()
    {
        var id = await AddAsync(new() { Name = "Halden" });
        var first = await AssignAsync(ana, id, ana.Id);
        await MoveAsync(ana, await database.AddTeamAsync("South"));
        var given = await AssignAsync(ana, id, ben.Id);

        Assert.Equal(1, (await UndoAsync(ana, given)).Done);

        var saved = await ReadAsync(id);
        Assert.Equal((ana.Id, ben.HomeTeamId), (saved.OwnerId, saved.OwnerTeamId)); // the team he was in when it was given to him
        var south = await AssignAsync(ana, id, (await database.AddUserAsync("Sid", await database.AddTeamAsync("Far south"), BuiltInRoles.Sales)).Id);
        await UndoAsync(ana, south);
        Assert.Equal((ana.Id, ben.HomeTeamId), await ReadAsync(id) is var back ? (back.OwnerId, back.OwnerTeamId) : default);
        Assert.Equal(1, (await UndoAsync(ana, first)).Done);
        Assert.Null((await ReadAsync(id)).OwnerId);
    }

    [Fact]
    public async Task A_former_owner_who_has_left_gets_nothing_back()
    {
        var gone = await database.AddUserAsync("Gus", team: null, BuiltInRoles.Sales);
        var id = await AddAsync(new() { Name = "Halden" });
        await AssignAsync(ana, id, gone.Id);
        var given = await AssignAsync(ana, id, ben.Id);
        await using (var scope = database.AsSystem())
        {
            (await scope.Repository<User>().GetAsync(gone.Id, RecordAction.Edit, Ct)).Deactivate();
            await scope.SaveAsync();
        }

        var result = await UndoAsync(ana, given);

        Assert.Equal((0, "Undo.OwnerGone", ben.Id), (result.Done, result.Named[0].Why.Text, (await ReadAsync(id)).OwnerId));
    }

    [Fact]
    public async Task A_deletion_is_taken_back_and_done_again()
    {
        var id = await AddAsync(new() { Name = "Halden", City = "Bergen" });
        var deletion = await DeleteAsync(ana, id);

        var back = await UndoAsync(ana, deletion);

        Assert.Null((await ReadAsync(id)).DeletedAt);
        Assert.Equal(new UndoneRecord(AuditKind.Deleted, "customers", id, IsInTrash: false), back.Only);
        var again = await UndoAsync(ana, back.Operation!.Value);
        Assert.NotNull((await ReadAsync(id)).DeletedAt);
        Assert.True(again.Only!.IsInTrash);
    }

    [Fact]
    public async Task Only_who_did_it_takes_it_back_and_ten_minutes_later_nobody()
    {
        var id = await AddAsync(new() { Name = "Halden", City = "Bergen" });
        var edit = await EditAsync(ana, id, ("city", "Oslo"));

        await Assert.ThrowsAsync<RecordNotFoundException>(() => UndoAsync(ben, edit));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => UndoAsync(ana, edit + 1_000_000));
        var start = database.Clock.Now;
        database.Clock.Now = start + UndoTime + TimeSpan.FromSeconds(1);
        var late = await Assert.ThrowsAsync<RuleException>(() => UndoAsync(ana, edit));
        database.Clock.Now = start + UndoTime;

        Assert.Equal("Undo.TooLate", late.Broken[0].Text);
        Assert.Equal("Oslo", (await ReadAsync(id)).City);
        Assert.Equal(1, (await UndoAsync(ana, edit)).Done);
        database.Clock.Now = start;
    }

    [Fact]
    public async Task Who_may_no_longer_change_the_record_may_not_put_it_back()
    {
        var seller = await database.AddUserAsync("Sam", await database.AddTeamAsync("East"), BuiltInRoles.Sales);
        var id = await AddAsync(new() { Name = "Halden", City = "Bergen" });
        await AssignAsync(ana, id, seller.Id);
        var edit = await EditAsync(seller, id, ("city", "Oslo"));
        var given = await AssignAsync(seller, id, ben.Id); // out of his sight

        foreach (var operation in new[] { edit, given })
        {
            var result = await UndoAsync(seller, operation);

            var left = Assert.Single(result.Named);
            Assert.Equal((0, null, "Undo.Gone"), (result.Done, left.Title, left.Why.Text));
        }
        var saved = await ReadAsync(id);
        Assert.Equal(("Oslo", ben.Id), (saved.City, saved.OwnerId));
    }

    [Fact]
    public async Task Who_may_only_see_the_record_by_now_is_told_its_name()
    {
        var max = await database.AddUserAsync("Max", team: null, BuiltInRoles.Marketing); // sees all, changes his own
        var id = await AddAsync(new() { Name = "Halden", City = "Bergen" });
        await AssignAsync(ana, id, max.Id);
        var edit = await EditAsync(max, id, ("city", "Oslo"));
        await AssignAsync(ana, id, ben.Id);

        var left = Assert.Single((await UndoAsync(max, edit)).Named);

        Assert.Equal(("Halden", "Undo.NotYours", "Oslo"), (left.Title, left.Why.Text, (await ReadAsync(id)).City));
    }

    [Fact]
    public async Task A_step_in_a_life_cycle_has_no_way_back_here()
    {
        var id = await AddAsync(new() { Name = "Halden" });
        long? step;
        await using (var scope = await database.AsAsync(ana))
        {
            var customer = await scope.Repository<Customer>().GetAsync(id, RecordAction.Edit, Ct);
            customer.City = "Oslo";
            scope.Repository<Customer>().AddPart(customer.Move(Lifecycle.Active, reason: null, database.Clock.Utc, ana.Id));
            await scope.SaveAsync();
            step = scope.Get<Operation>().Last;
        }

        var result = await UndoAsync(ana, step!.Value);

        var saved = await ReadAsync(id);
        Assert.Equal(("Undo.Step", "Oslo", Lifecycle.Active), (result.Named[0].Why.Text, saved.City, saved.Lifecycle));
    }

    [Fact]
    public async Task Who_works_here_is_changed_on_his_own_page_alone()
    {
        long? operation;
        await using (var scope = await database.AsAsync(ana))
        {
            (await scope.Repository<User>().GetAsync(ben.Id, RecordAction.Edit, Ct)).JobTitle = "Chief";
            await scope.SaveAsync();
            operation = scope.Get<Operation>().Last;
        }

        Assert.Equal((0, 0), await UndoAsync(ana, operation!.Value) is var r ? (r.Done, r.Left) : default);
    }

    /// <summary>One whose former value breaks a rule by now does not hold up the others of its batch.</summary>
    [Fact]
    public async Task A_rule_that_is_broken_by_now_leaves_that_record_alone()
    {
        var (first, second) = (await AddAsync(new() { Name = "One", TaxNumber = "SE556000000101" }), await AddAsync(new() { Name = "Two", City = "Bergen" }));
        long? operation;
        await using (var scope = await database.AsAsync(ana))
        {
            (await scope.Repository<Customer>().GetAsync(first, RecordAction.Edit, Ct)).TaxNumber = null;
            (await scope.Repository<Customer>().GetAsync(second, RecordAction.Edit, Ct)).City = "Oslo";
            await scope.SaveAsync();
            operation = scope.Get<Operation>().Last;
        }
        await AddAsync(new() { Name = "Three", TaxNumber = "SE556000000101" });

        var result = await UndoAsync(ana, operation!.Value);

        Assert.Equal((1, "One", "Undo.SameRecord"), (result.Done, result.Named[0].Title, result.Named[0].Why.Text));
        Assert.Equal(("Bergen", null), ((await ReadAsync(second)).City, (await ReadAsync(first)).TaxNumber));
    }

    private static TimeSpan UndoTime => TimeSpan.FromMinutes(10);

    private static Dictionary<string, string?> Text(Customer customer) => FieldValues.Of(new Services.Customers.CustomerType(), customer)
        .Where(v => v.Key != "modifiedAt").ToDictionary(v => v.Key, v => FieldText.Write(v.Value), StringComparer.Ordinal);

    private async Task<long> AddAsync(Customer customer)
    {
        await using var scope = database.AsSystem();
        return (await scope.AddAsync(customer)).Id;
    }

    private async Task<Customer> ReadAsync(long id)
    {
        await using var scope = database.AsSystem();
        return await scope.Db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Id == id, Ct);
    }

    private Task<long> EditAsync(User who, long id, params (string Key, object? Value)[] values) => DoAsync(who, id, (records, version) =>
    {
        var wanted = new FieldValues();
        foreach (var (key, value) in values)
            wanted[key] = value;
        return records.EditAsync(id, wanted, version, Ct);
    });

    private Task<long> AssignAsync(User who, long id, long owner) => DoAsync(who, id, (records, version) => records.AssignAsync(id, owner, version, Ct));

    private Task<long> DeleteAsync(User who, long id) => DoAsync(who, id, (records, version) => records.DeleteAsync(id, version, Ct));

    /// <returns>The operation.</returns>
    private async Task<long> DoAsync(User who, long id, Func<IRecordService<Customer>, Guid, Task> step)
    {
        var version = (await ReadAsync(id)).Version;
        await using var scope = await database.AsAsync(who);
        await step(scope.Get<IRecordService<Customer>>(), version);
        return scope.Get<Operation>().Last!.Value;
    }

    private async Task<UndoResult> UndoAsync(User who, long operation)
    {
        await using var scope = await database.AsAsync(who);
        return await scope.Get<IUndoService>().UndoAsync(operation, Ct);
    }

    private async Task MoveAsync(User user, Team team)
    {
        await using var scope = database.AsSystem();
        (await scope.Repository<User>().GetAsync(user.Id, RecordAction.Edit, Ct)).SetHomeTeam(team.Id);
        await scope.SaveAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
