using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Bulk;

/// <summary>One thing done with many records: each with its own rights and rules, none half.</summary>
public sealed class BulkTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_away_are_those_that_are_the_users_to_give_and_their_children_follow()
    {
        var (north, south) = (await database.AddTeamAsync("North"), await database.AddTeamAsync("South"));
        var (me, colleague, ana) = (await database.AddUserAsync("Me", north, BuiltInRoles.Sales), await database.AddUserAsync("Colleague", north, BuiltInRoles.Sales), await database.AddUserAsync("Ana", south, BuiltInRoles.Sales));
        var (mine, his) = (await AddAsync(me, 3), await AddAsync(colleague, 2));
        long contact;
        await using (var scope = await database.AsAsync(me))
            contact = await scope.Get<IRecordService<Contact>>().CreateAsync(new() { ["familyName"] = "Berg", ["customer"] = mine[0] }, Ct);

        var (preview, result) = await RunAsync(me, [.. mine, .. his, 424_242], new(BulkAction.Assign, [], ana.Id));

        Assert.Equal((5, 3, 2), (preview.Count.Seen, preview.Count.Mine, preview.Left));
        Assert.Equal((3, 0, 3), (result.Progress.Changed, result.Progress.Unchanged, result.Progress.Left));
        await using var after = database.AsSystem();
        Assert.Equal([.. mine], await after.Db.Set<Customer>().Where(c => c.OwnerId == ana.Id && c.OwnerTeamId == south.Id).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Ct));
        Assert.Equal(2, await after.Db.Set<Customer>().CountAsync(c => his.Contains(c.Id) && c.OwnerId == colleague.Id, Ct));
        var child = await after.Db.Set<Contact>().SingleAsync(c => c.Id == contact, Ct);
        Assert.Equal((ana.Id, south.Id), (child.ScopeOwnerId, child.ScopeTeamId));
        Assert.Equal(3, await after.Db.Set<CustomerFigures>().CountAsync(f => mine.Contains(f.CustomerId) && f.OwnerId == ana.Id, Ct));
        Assert.Equal(3, await after.Db.Set<AuditEntry>().CountAsync(a => mine.Contains(a.RecordId) && a.Kind == AuditKind.Assigned && a.UserId == me.Id && a.Why == "bulk", Ct));
        var left = (await ShowLeftAsync(me, result.Id)).ToDictionary(l => l.Id, l => Assert.Single(l.Reasons).Text);
        Assert.Equal(["Bulk.NotYours", "Bulk.NotYours", "Bulk.Gone"], [left[his[0]], left[his[1]], left[424_242]]);
    }

    [Fact]
    public async Task A_record_whose_rules_forbid_it_is_left_with_the_reason_and_the_others_are_changed()
    {
        var admin = await AdminAsync();
        var customer = (await AddAsync(admin, 1))[0];
        var activities = new List<long>();
        await using (var scope = await database.AsAsync(admin))
        {
            foreach (var isPromise in new[] { true, false })
                activities.Add(await scope.Get<IRecordService<Activity>>().CreateAsync(new() { ["subject"] = "Send the offer", ["customer"] = customer, ["dueOn"] = new DateOnly(2026, 3, 9), ["isPromise"] = isPromise }, Ct));
        }

        var (_, result) = await RunAsync<Activity>(admin, activities, new(BulkAction.Edit, new() { ["dueOn"] = null, ["priority"] = ActivityPriority.High }));

        Assert.Equal((1, 1), (result.Progress.Changed, result.Progress.Left));
        await using var after = database.AsSystem();
        var saved = await after.Db.Set<Activity>().Where(a => activities.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(Ct);
        Assert.Equal([(new DateOnly(2026, 3, 9), ActivityPriority.Normal), (null, ActivityPriority.High)], saved.Select(a => (a.DueOn, a.Priority)));
        Assert.Equal(("Activity.PromiseNeedsDay", "Activity.DueOn"), (await ShowLeftAsync(admin, result.Id)).Select(l => (l.Reasons[0].Text, l.Reasons[0].Field)).Single());
        Assert.Equal(1, await after.Db.Set<AuditEntry>().CountAsync(a => activities.Contains(a.RecordId) && a.Kind == AuditKind.Changed, Ct));
    }

    [Fact]
    public async Task What_no_record_could_hold_is_said_at_once()
    {
        var admin = await AdminAsync();
        var ids = await AddAsync(admin, 3);

        var refused = await Assert.ThrowsAsync<RuleException>(() => RunAsync(admin, ids, new(BulkAction.Edit, new() { ["timeZone"] = "Mars/Olympus" })));

        Assert.Equal(nameof(Customer.TimeZone), Assert.Single(refused.Broken).Property);
        await using var after = database.AsSystem();
        Assert.Equal(0, await after.Db.Set<BulkRun>().CountAsync(r => r.OwnerId == admin.Id, Ct));
    }

    [Fact]
    public async Task Fields_are_set_and_emptied_and_what_is_so_already_is_not_saved_again()
    {
        var admin = await AdminAsync();
        var ids = await AddAsync(admin, 3, c => (c.Industry, c.Source) = ("Robotics", "Fair"));
        await RunAsync(admin, ids[..1], new(BulkAction.Edit, new() { ["industry"] = "Timber", ["source"] = null }));

        var (_, result) = await RunAsync(admin, ids, new(BulkAction.Edit, new() { ["industry"] = "Timber", ["source"] = null }));

        Assert.Equal((2, 1, 0), (result.Progress.Changed, result.Progress.Unchanged, result.Progress.Left));
        await using var after = database.AsSystem();
        Assert.Equal(3, await after.Db.Set<Customer>().CountAsync(c => ids.Contains(c.Id) && c.Industry == "Timber" && c.Source == null, Ct));
        Assert.Equal(3, await after.Db.Set<AuditEntry>().CountAsync(a => ids.Contains(a.RecordId) && a.Kind == AuditKind.Changed, Ct));
    }

    [Fact]
    public async Task Only_fields_that_are_meant_for_it_are_set()
    {
        var admin = await AdminAsync();
        var ids = await AddAsync(admin, 2);

        await RunAsync(admin, ids, new(BulkAction.Edit, new() { ["industry"] = "Timber", ["taxNumber"] = "SE556", ["owner"] = 1L, ["name"] = "All the same" }));

        await using var after = database.AsSystem();
        Assert.All(await after.Db.Set<Customer>().Where(c => ids.Contains(c.Id)).ToListAsync(Ct), c => Assert.Equal(("Timber", null, admin.Id, true), (c.Industry, c.TaxNumber, c.OwnerId, c.Name.StartsWith("Halden", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Tags_are_added_and_taken_away_beside_those_there_are()
    {
        var admin = await AdminAsync();
        var ids = await AddAsync(admin, 2, c => c.Tags = ["Key", "old"]);

        var (_, result) = await RunAsync(admin, ids, new(BulkAction.Tag, []) { AddTags = ["fair", "key"], RemoveTags = ["OLD"] });

        Assert.Equal(2, result.Progress.Changed);
        await using var after = database.AsSystem();
        Assert.All(await after.Db.Set<Customer>().Where(c => ids.Contains(c.Id)).ToListAsync(Ct), c => Assert.Equal(["Key", "fair"], c.Tags));
    }

    [Fact]
    public async Task Everything_the_list_shows_but_what_was_unticked_goes_to_the_trash()
    {
        var admin = await AdminAsync();
        var city = $"City {admin.Id}";
        var ids = await AddAsync(admin, 4, c => c.City = city);
        var others = await AddAsync(admin, 1);
        await using var scope = await database.AsAsync(admin);
        var (type, list) = await OpenAsync<Customer>(scope, ("f.city.is", city));
        await scope.Get<ISelectionService>().ChooseAllAsync(type, list, Ct);
        var chosen = await scope.Get<ISelectionService>().ChooseAsync(type, list, [ids[1]], [], Ct);

        var preview = await scope.Get<IBulkService>().PreviewAsync(type, list, BulkAction.Delete, Ct);
        var result = await scope.Get<IBulkService>().RunAsync(type, list, new(BulkAction.Delete, []), chosen.Version, Ct);

        Assert.Equal((3, 3), (preview.Count.Mine, preview.Sample.Rows.Count));
        Assert.Equal(3, (await scope.Get<IBulkRuns>().ShowAsync(result.Id, Ct)).Progress.Changed);
        await using var after = database.AsSystem();
        Assert.Equal([ids[1], others[0]], await after.Db.Set<Customer>().Where(c => (ids.Contains(c.Id) || others.Contains(c.Id)) && c.DeletedAt == null).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Ct));
        Assert.True((await scope.Get<ISelectionService>().FindAsync(type, list, Ct))!.IsEmpty);
    }

    [Fact]
    public async Task What_was_chosen_since_the_page_was_shown_is_not_changed_unseen()
    {
        var admin = await AdminAsync();
        var ids = await AddAsync(admin, 2);
        await using var scope = await database.AsAsync(admin);
        var (type, list) = await OpenAsync<Customer>(scope);
        var shown = await scope.Get<ISelectionService>().ChooseAsync(type, list, ids, ids[..1], Ct);
        await scope.Get<ISelectionService>().ChooseAsync(type, list, ids, ids, Ct);

        var refused = await Assert.ThrowsAsync<RuleException>(() => scope.Get<IBulkService>().RunAsync(type, list, new(BulkAction.Delete, []), shown.Version, Ct));

        Assert.Equal("Bulk.SelectionChanged", refused.Broken[0].Text);
        Assert.Equal(2, await scope.Db.Set<Customer>().CountAsync(c => ids.Contains(c.Id) && c.DeletedAt == null, Ct));
    }

    [Fact]
    public async Task Without_the_right_to_change_many_nothing_can_be_chosen_or_done()
    {
        var support = await database.AddUserAsync("Support", team: null, BuiltInRoles.Support);
        await using var scope = await database.AsAsync(support);
        var (type, list) = await OpenAsync<Customer>(scope);

        Assert.Null(await scope.Get<ISelectionService>().FindAsync(type, list, Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<ISelectionService>().ChooseAllAsync(type, list, Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IBulkService>().PreviewAsync(type, list, BulkAction.Edit, Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IBulkService>().RunAsync(type, list, new(BulkAction.Edit, []), default, Ct));
    }

    [Fact]
    public async Task Runs_are_their_makers_alone()
    {
        var (admin, other) = (await AdminAsync(), await AdminAsync());
        var (_, result) = await RunAsync(admin, await AddAsync(admin, 1), new(BulkAction.Delete, []));

        await using var scope = await database.AsAsync(other);

        await Assert.ThrowsAsync<RecordNotFoundException>(() => scope.Get<IBulkRuns>().ShowAsync(result.Id, Ct));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => scope.Get<IBulkRuns>().LeftAsync(result.Id, 0, 10, Ct));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => scope.Get<IBulkRuns>().StopAsync(result.Id, Ct));
    }

    [Fact]
    public async Task It_is_taken_back_as_a_whole_but_for_what_was_changed_since()
    {
        var (admin, ana) = (await AdminAsync(), await database.AddUserAsync("Ana", await database.AddTeamAsync("South"), BuiltInRoles.Sales));
        var ids = await AddAsync(admin, 3);
        var (_, result) = await RunAsync(admin, ids, new(BulkAction.Assign, [], ana.Id));
        await using (var scope = await database.AsAsync(admin))
        {
            var version = await scope.Db.Set<Customer>().Where(c => c.Id == ids[2]).Select(c => c.Version).SingleAsync(Ct);
            await scope.Get<IRecordService<Customer>>().AssignAsync(ids[2], ownerId: null, version, Ct);
        }

        await using var undoing = await database.AsAsync(admin);
        Assert.True((await undoing.Get<IBulkRuns>().ShowAsync(result.Id, Ct)).MayUndo);
        var undone = await undoing.Get<IUndoService>().UndoAsync(result.Id, Ct);

        Assert.Equal((2, 1, ids[2]), (undone.Done, undone.Left, undone.Named[0].Id));
        await using var after = database.AsSystem();
        Assert.Equal([admin.Id, admin.Id, null], await after.Db.Set<Customer>().Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).Select(c => c.OwnerId).ToListAsync(Ct));
    }

    [Fact]
    public async Task Who_gave_records_beyond_his_reach_is_offered_no_way_back_nor_after_ten_minutes()
    {
        var (north, south) = (await database.AddTeamAsync("North"), await database.AddTeamAsync("South"));
        var (me, ana) = (await database.AddUserAsync("Me", north, BuiltInRoles.Sales), await database.AddUserAsync("Ana", south, BuiltInRoles.Sales));
        var (given, edited) = (await AddAsync(me, 1), await AddAsync(me, 1));
        var (_, gave) = await RunAsync(me, given, new(BulkAction.Assign, [], ana.Id));
        var (_, edit) = await RunAsync(me, edited, new(BulkAction.Edit, new() { ["industry"] = "Timber" }));

        await using var scope = await database.AsAsync(me);
        Assert.False((await scope.Get<IBulkRuns>().ShowAsync(gave.Id, Ct)).MayUndo);
        Assert.True((await scope.Get<IBulkRuns>().ShowAsync(edit.Id, Ct)).MayUndo);
        database.Clock.Now += TimeSpan.FromMinutes(11);
        Assert.False((await scope.Get<IBulkRuns>().ShowAsync(edit.Id, Ct)).MayUndo);
    }

    private Task<User> AdminAsync() => database.AddUserAsync("Admin", team: null, BuiltInRoles.Administrator);

    private async Task<List<long>> AddAsync(User owner, int count, Action<Customer>? set = null)
    {
        await using var scope = database.AsSystem();
        var team = await scope.Db.Set<User>().Where(u => u.Id == owner.Id).Select(u => u.HomeTeamId).SingleAsync(Ct);
        var customers = Enumerable.Range(1, count).Select(i => new Customer { Name = $"Halden {owner.Id}-{i}" }).ToList();
        foreach (var customer in customers)
        {
            set?.Invoke(customer);
            customer.Assign(owner.Id, team);
            scope.Repository<Customer>().Add(customer);
        }
        await scope.SaveAsync();
        return [.. customers.Select(c => c.Id).Order()];
    }

    private Task<(BulkPreview Preview, (long Id, BulkProgress Progress) Result)> RunAsync(User user, List<long> ids, BulkOrder input) => RunAsync<Customer>(user, ids, input);

    private async Task<(BulkPreview Preview, (long Id, BulkProgress Progress) Result)> RunAsync<T>(User user, List<long> ids, BulkOrder input) where T : Record
    {
        await using var scope = await database.AsAsync(user);
        var (type, list) = await OpenAsync<T>(scope);
        var chosen = await scope.Get<ISelectionService>().ChooseAsync(type, list, ids, ids, Ct);
        var preview = await scope.Get<IBulkService>().PreviewAsync(type, list, input.Action, Ct);
        var result = await scope.Get<IBulkService>().RunAsync(type, list, input, chosen.Version, Ct);
        Assert.True(result.IsDone, "so few are done at once");
        return (preview, (result.Id, (await scope.Get<IBulkRuns>().ShowAsync(result.Id, Ct)).Progress));
    }

    private async Task<IReadOnlyList<LeftRecord>> ShowLeftAsync(User user, long run)
    {
        await using var scope = await database.AsAsync(user);
        return await scope.Get<IBulkRuns>().LeftAsync(run, 0, 100, Ct);
    }

    internal static async Task<(RecordType<T> Type, OpenList List)> OpenAsync<T>(TestScope scope, params (string Key, string Value)[] asked) where T : Record
    {
        var type = scope.Get<RecordCatalogue>().Of<T>();
        return (type, await scope.Get<IViewService>().ReadAsync(type, asked.Select(a => KeyValuePair.Create(a.Key, a.Value)).Prepend(KeyValuePair.Create("view", "all")), Ct));
    }
}
