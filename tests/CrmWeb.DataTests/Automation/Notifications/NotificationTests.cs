using System.Text;
using CrmWeb.DataTests.Common;
using CrmWeb.DataTests.Common.Imports;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.Automation;

/// <summary>People are told, with the save itself, of what others give them and of what their background work has come to.</summary>
public sealed class NotificationTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private User ana = null!, ben = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var team = await database.AddTeamAsync($"Team {Guid.NewGuid():N}");
        ana = await database.AddUserAsync("Ana", team, BuiltInRoles.Administrator);
        ben = await database.AddUserAsync("Ben", team, BuiltInRoles.Administrator);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Who_is_given_a_customer_is_told_and_its_giver_is_not()
    {
        var id = await CreateAsync(("name", "Alpha"), ("owner", ben.Id));
        await CreateAsync(("name", "Beta"));

        var told = Assert.Single(await ToldAsync(ben));
        Assert.Equal((NotificationKind.Given, "Customer", id, 1, ana.Id), (told.Notification.Kind, told.Notification.RecordType, told.Notification.RecordId, told.Notification.Count, told.Notification.ActorId));
        Assert.Equal(("Ana", "Alpha"), (told.Actor, told.Title));
        Assert.Empty(await ToldAsync(ana));
    }

    [Fact]
    public async Task The_same_over_and_over_is_one_until_it_is_read()
    {
        var id = await CreateAsync(("name", "Alpha"), ("owner", ben.Id));
        await AssignAsync(id, ana.Id);
        await AssignAsync(id, ben.Id);

        var told = Assert.Single(await ToldAsync(ben));
        Assert.Equal(1, told.Notification.Count);
        Assert.Equal($"/customers/{id}", await AsAsync(ben, s => s.OpenAsync(told.Notification.Id, Ct)));
        Assert.Equal(0, await AsAsync(ben, s => s.UnreadAsync(Ct)));
        await AssignAsync(id, ana.Id);
        await AssignAsync(id, ben.Id);
        Assert.Equal(2, (await ToldAsync(ben)).Count);
        Assert.Equal(1, await AsAsync(ben, s => s.UnreadAsync(Ct)));
    }

    [Fact]
    public async Task Many_by_one_operation_are_one()
    {
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
            ids.Add(await CreateAsync(("name", $"Many {i}")));

        await using (var scope = await database.AsAsync(ana))
        {
            var type = scope.Get<RecordCatalogue>().Of<Customer>();
            var open = await scope.Get<IViewService>().OpenAsync(type, [new("view", "all")], Ct);
            var chosen = await scope.Get<ISelectionService>().ChooseAsync(type, open, ids, ids, Ct);
            await scope.Get<IBulkService>().RunAsync(type, open, new(BulkAction.Assign, [], ben.Id), chosen.Version, Ct);
        }

        var told = Assert.Single(await ToldAsync(ben));
        Assert.Equal((NotificationKind.Given, 7), (told.Notification.Kind, told.Notification.Count));
        Assert.Equal("/customers?f.owner.is=me", await AsAsync(ben, s => s.OpenAsync(told.Notification.Id, Ct)));
        Assert.Empty(await ToldAsync(ana)); // it was done before his eyes
    }

    [Fact]
    public async Task A_task_for_somebody_else_is_told_and_a_private_or_finished_one_is_not()
    {
        var customer = await CreateAsync(("name", "Alpha"));
        await using (var scope = await database.AsAsync(ana))
        {
            var activities = scope.Get<IRecordService<Activity>>();
            await activities.CreateAsync(new() { ["subject"] = "Call them", ["customer"] = customer, ["assignee"] = ben.Id }, Ct);
            await activities.CreateAsync(new() { ["subject"] = "Mine", ["customer"] = customer, ["assignee"] = ana.Id }, Ct);
        }

        var told = Assert.Single(await ToldAsync(ben));
        Assert.Equal((NotificationKind.TaskGiven, "Call them"), (told.Notification.Kind, told.Title));
        Assert.Empty(await ToldAsync(ana));
    }

    [Fact]
    public async Task Who_started_an_import_is_told_of_its_end_when_it_went_on_without_him()
    {
        await using var worker = await Worker.StartAsync(database);
        long run;
        await using (var scope = await database.AsAsync(ana))
            run = await new FileImport(scope).PrepareAsync("Customer", "firms.csv", new MemoryStream(Encoding.UTF8.GetBytes("name\nOne\nTwo\n")), v => new(v.Columns, [], DuplicatePolicy.Overwrite));
        await using (var scope = await database.AsAsync(ana))
            await scope.Get<IImportService>().CheckAsync(run, Ct);

        for (var tries = 0; (await ToldAsync(ana)).Count == 0 && tries < 200; tries++)
            await Task.Delay(50, Ct);
        var told = Assert.Single(await ToldAsync(ana));
        Assert.Equal((NotificationKind.Checked, "firms.csv"), (told.Notification.Kind, told.Title));
        Assert.Equal($"/imports/{run}", await AsAsync(ana, s => s.OpenAsync(told.Notification.Id, Ct)));
    }

    [Fact]
    public async Task Each_has_his_own_and_nobody_sees_a_title_that_is_no_longer_his()
    {
        var north = await database.AddTeamAsync("North");
        var sales = await database.AddUserAsync("Sam", north, BuiltInRoles.Sales);
        var id = await CreateAsync(("name", "Alpha"), ("owner", sales.Id));
        await AssignAsync(id, ben.Id);

        var told = Assert.Single(await ToldAsync(sales));
        Assert.Null(told.Title);
        await Assert.ThrowsAsync<RecordNotFoundException>(() => AsAsync(ben, s => s.OpenAsync(told.Notification.Id, Ct)));
        await AsAsync(ben, async s =>
        {
            await s.ReadAllAsync(Ct);
            return true;
        });
        Assert.Equal((1, 0), (await AsAsync(sales, s => s.UnreadAsync(Ct)), await AsAsync(ben, s => s.UnreadAsync(Ct))));
    }

    private async Task<long> CreateAsync(params (string Key, object? Value)[] values)
    {
        await using var scope = await database.AsAsync(ana);
        var all = new FieldValues();
        foreach (var (key, value) in values)
            all[key] = value;
        return await scope.Get<IRecordService<Customer>>().CreateAsync(all, Ct);
    }

    private async Task AssignAsync(long id, long owner)
    {
        await using var scope = await database.AsAsync(ana);
        var records = scope.Get<IRecordService<Customer>>();
        await records.AssignAsync(id, owner, (await records.OpenAsync(id, RecordAction.Assign, Ct)).Version, Ct);
    }

    private async Task<IReadOnlyList<NotificationRow>> ToldAsync(User user) => (await AsAsync(user, s => s.ReadAsync(null, Ct))).Rows;

    private async Task<T> AsAsync<T>(User user, Func<INotificationService, Task<T>> act)
    {
        await using var scope = await database.AsAsync(user);
        return await act(scope.Get<INotificationService>());
    }
}
