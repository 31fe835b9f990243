using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

/// <summary>Who leaves or moves leaves nothing behind that nobody decided about.</summary>
public sealed class HandOverTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_somebody_looks_after_is_counted_with_what_is_promised()
    {
        var (ana, _, customers) = await TeamAsync();
        await AddActivitiesAsync(ana, customers[0]);
        await using var scope = await AdminAsync();

        var shown = await scope.Get<IHandOverService>().ShowAsync([ana.Id], Ct);

        Assert.True(shown.IsWhole);
        Assert.Equal([("Customer", 5, 5), ("Activity", 2, 2)], shown.Held.Select(h => (h.Type.Name, h.Count.Seen, h.Count.Mine)));
        Assert.Equal(["Halden 1", "Halden 2", "Halden 3"], shown.Held[0].Titles);
        Assert.Equal([("isPromise", 1)], shown.Held[1].Flags.Select(f => (f.Field.Key, f.Count)));
    }

    [Fact]
    public async Task The_one_who_leaves_is_out_with_the_save_that_begins_the_hand_over_and_tasks_stay_where_that_was_chosen()
    {
        var (ana, ben, customers) = await TeamAsync();
        var tasks = await AddActivitiesAsync(ana, customers[0]);
        await using var scope = await AdminAsync();

        await scope.Get<IHandOverService>().DeactivateAsync(ana.Id, new(ben.Id, [new("Customer", HandOverChoice.Give), new("Activity", HandOverChoice.Leave)]), Ct);

        Assert.False(await scope.Db.Set<User>().Where(u => u.Id == ana.Id).Select(u => u.IsActive).SingleAsync(Ct));
        var run = Assert.Single(await scope.Get<IHandOverService>().LatelyAsync(ana.Id, Ct));
        Assert.Equal(("Customer", ben.Name, BulkState.Running), (run.Type.Name, run.To, run.State));
        Assert.Equal(WorkState.Waiting, (await scope.Get<IWorkQueue>().OfAsync(run.RunId, Ct))!.State);
        await WorkAsync(scope);
        Assert.Equal([(ben.Id, ben.HomeTeamId)], await OwnersAsync(customers));
        Assert.All(await scope.Db.Set<Activity>().Where(a => tasks.Contains(a.Id)).ToListAsync(Ct), a => Assert.Equal((ana.Id, ben.Id), (a.AssigneeId, a.ScopeOwnerId)));
        Assert.Equal(5, (await scope.Db.Set<Notification>().SingleAsync(n => n.UserId == ben.Id && n.RecordType == "Customer", Ct)).Count);
        Assert.True((await scope.Get<IBulkRuns>().ShowAsync(run.RunId, Ct)).MayUndo);
    }

    [Fact]
    public async Task Each_kind_may_go_to_somebody_else()
    {
        var (ana, ben, customers) = await TeamAsync();
        var tasks = await AddActivitiesAsync(ana, customers[0]);
        var cleo = await database.AddUserAsync("Cleo", team: null, BuiltInRoles.Sales);
        await using var scope = await AdminAsync();

        await scope.Get<IHandOverService>().DeactivateAsync(ana.Id, new(ben.Id, [new("Customer", HandOverChoice.Give), new("Activity", HandOverChoice.Give, cleo.Id)]), Ct);
        await WorkAsync(scope);

        Assert.Equal([(ben.Id, ben.HomeTeamId)], await OwnersAsync(customers));
        Assert.Equal([cleo.Id, cleo.Id, ana.Id], await scope.Db.Set<Activity>().Where(a => tasks.Contains(a.Id)).OrderBy(a => a.Id).Select(a => a.AssigneeId).ToListAsync(Ct)); // the last one is done
    }

    [Fact]
    public async Task What_is_refused_leaves_the_person_and_the_records_as_they_were()
    {
        var (ana, ben, customers) = await TeamAsync();
        await using (var system = database.AsSystem())
        {
            (await system.Get<IUserStore>().GetAsync(ben.Id, Ct)).Deactivate();
            await system.SaveAsync();
        }
        await using var scope = await AdminAsync();

        Assert.Equal(("HandOver.ChoosePerson", "ToId"), await RefusedAsync(to: null, part: null));
        Assert.Equal(("HandOver.HasThem", "Parts[0].ToId"), await RefusedAsync(to: null, part: ana.Id));
        Assert.Equal(("Error.ReferenceNotFound", "ToId"), await RefusedAsync(ben.Id, part: null));
        Assert.Equal(("Error.Choose", null), await RefusedAsync(ben.Id, part: null, "BulkRun"));

        await using var after = database.AsSystem();
        Assert.True(await after.Db.Set<User>().Where(u => u.Id == ana.Id).Select(u => u.IsActive).SingleAsync(Ct));
        Assert.False(await after.Db.Set<BulkRun>().AnyAsync(r => r.FromId == ana.Id, Ct));
        Assert.Equal([(ana.Id, ana.HomeTeamId)], await OwnersAsync(customers));

        async Task<(string, string?)> RefusedAsync(long? to, long? part, string type = "Customer")
        {
            var refused = await Assert.ThrowsAsync<RuleException>(() => scope.Get<IHandOverService>().DeactivateAsync(ana.Id, new(to, [new(type, HandOverChoice.Give, part)]), Ct));
            scope.Get<IUnitOfWork>().Forget();
            return (Assert.Single(refused.Broken).Text, refused.Broken[0].Property);
        }
    }

    [Fact]
    public async Task Records_keep_their_team_when_their_owner_moves_unless_they_are_taken_along()
    {
        var ((ana, ben, hers), south) = (await TeamAsync(), await database.AddTeamAsync("South"));
        var his = await AddAsync(ben, 2);
        await using var scope = await AdminAsync();

        await scope.Get<IHandOverService>().MoveAsync([ana.Id], new(south.Id), HandOverOrder.Nothing, Ct);
        await scope.Get<IHandOverService>().MoveAsync([ben.Id], new(HomeTeamId: null, "Further south", south.Id), new(ToId: null, [new("Customer", HandOverChoice.TakeAlong)]), Ct);
        await WorkAsync(scope);

        Assert.Equal([(ana.Id, ana.HomeTeamId)], await OwnersAsync(hers));
        Assert.Equal(south.Id, await scope.Db.Set<User>().Where(u => u.Id == ana.Id).Select(u => u.HomeTeamId).SingleAsync(Ct));
        var further = await scope.Db.Set<Team>().Where(t => t.Name == "Further south" && t.ParentId == south.Id).Select(t => (long?)t.Id).SingleAsync(Ct);
        Assert.Equal([(ben.Id, further)], await OwnersAsync(his));
    }

    [Fact]
    public async Task Several_people_move_at_once_each_with_his_own()
    {
        var ((ana, ben, hers), south) = (await TeamAsync(), await database.AddTeamAsync("South"));
        var his = await AddAsync(ben, 2);
        await using var scope = await AdminAsync();
        Assert.Equal(7, Assert.Single((await scope.Get<IHandOverService>().ShowAsync([ana.Id, ben.Id], Ct)).Held).Count.Seen);

        await scope.Get<IHandOverService>().MoveAsync([ana.Id, ben.Id], new(south.Id), new(ToId: null, [new("Customer", HandOverChoice.TakeAlong)]), Ct);
        await WorkAsync(scope);

        Assert.Equal([(ana.Id, south.Id)], await OwnersAsync(hers));
        Assert.Equal([(ben.Id, south.Id)], await OwnersAsync(his));
    }

    [Fact]
    public async Task Only_what_is_the_administrators_to_give_is_handed_over()
    {
        var (north, south) = (await database.AddTeamAsync("North"), await database.AddTeamAsync("South"));
        var (ana, ben) = (await database.AddUserWithAsync("Ana", north, new Grant("Customer", RecordAction.View, Scope.Own)), await database.AddUserAsync("Ben", north, BuiltInRoles.Sales));
        var (near, far) = (await AddAsync(ana, 2), await AddAsync(ana, 3, south.Id));
        await using var scope = await PersonnelAsync(north, new("Customer", RecordAction.View, Scope.All), new("Customer", RecordAction.Assign, Scope.Team), new("Customer", RecordAction.BulkEdit, Scope.Team));

        var shown = await scope.Get<IHandOverService>().ShowAsync([ana.Id], Ct);
        await scope.Get<IHandOverService>().DeactivateAsync(ana.Id, new(ben.Id, [new("Customer", HandOverChoice.Give)]), Ct);
        await WorkAsync(scope);

        Assert.False(shown.IsWhole); // activities are not his to see
        Assert.Equal((5, 2, 3), Assert.Single(shown.Held) is var held ? (held.Count.Seen, held.Count.Mine, held.Left) : default);
        Assert.Equal([(ben.Id, north.Id)], await OwnersAsync(near));
        Assert.Equal([(ana.Id, south.Id)], await OwnersAsync(far));
        var run = Assert.Single(await scope.Get<IHandOverService>().LatelyAsync(ana.Id, Ct));
        Assert.Equal(3, (await scope.Get<IBulkRuns>().LeftAsync(run.RunId, 0, 10, Ct)).Count(l => l.Reasons[0].Text == "Bulk.NotYours"));
    }

    [Fact]
    public async Task Who_manages_users_without_being_administrator_does_not_move_himself()
    {
        var (north, south) = (await database.AddTeamAsync("North"), await database.AddTeamAsync("South"));
        await using var scope = await PersonnelAsync(north, new Grant("Customer", RecordAction.View, Scope.Team));
        var (me, other) = (scope.Get<ICurrentUser>().Id!.Value, await database.AddUserWithAsync("Ola", north, new Grant("Customer", RecordAction.View, Scope.Own)));

        foreach (var people in new long[][] { [me], [other.Id, me] })
        {
            var refused = await Assert.ThrowsAsync<RuleException>(() => scope.Get<IHandOverService>().MoveAsync(people, new(south.Id), HandOverOrder.Nothing, Ct));
            Assert.Equal(("User.OwnTeam", "HomeTeamId"), (refused.Broken[0].Text, refused.Broken[0].Property));
        }
        await scope.Get<IHandOverService>().MoveAsync([other.Id], new(south.Id), HandOverOrder.Nothing, Ct);
        await using var admin = await AdminAsync();
        await admin.Get<IHandOverService>().MoveAsync([admin.Get<ICurrentUser>().Id!.Value], new(south.Id), HandOverOrder.Nothing, Ct);
    }

    [Fact]
    public async Task Without_the_right_nothing_is_shown_or_done()
    {
        var (ana, ben, _) = await TeamAsync();
        await using var scope = await database.AsAsync(ben);

        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IHandOverService>().ShowAsync([ana.Id], Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IHandOverService>().LatelyAsync(ana.Id, Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IHandOverService>().DeactivateAsync(ana.Id, HandOverOrder.Nothing, Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IHandOverService>().MoveAsync([ana.Id], new(HomeTeamId: null), HandOverOrder.Nothing, Ct));
    }

    /// <summary>Ana has five customers, Ben shall get them; each has a team.</summary>
    private async Task<(User Ana, User Ben, List<long> Customers)> TeamAsync()
    {
        var (ana, ben) = (await database.AddUserAsync("Ana", await database.AddTeamAsync("West"), BuiltInRoles.Sales), await database.AddUserAsync("Ben", await database.AddTeamAsync("East"), BuiltInRoles.Sales));
        return (ana, ben, await AddAsync(ana, 5));
    }

    private async Task<TestScope> AdminAsync() => await database.AsAsync(await database.AddUserAsync("Ada", team: null, BuiltInRoles.Administrator));

    private async Task<TestScope> PersonnelAsync(Team team, params Grant[] grants)
    {
        await using var system = database.AsSystem();
        var role = await system.AddAsync(new Role { Name = $"Personnel {Guid.NewGuid():N}", Grants = RoleGrants.Of(grants, [SpecialRight.ManageUsers]), Rights = [SpecialRight.ManageUsers] });
        var user = await database.AddUserAsync("Pia", team);
        var found = await system.Get<IUserStore>().GetAsync(user.Id, Ct);
        found.SetRoles([role.Id]);
        await system.SaveAsync();
        return await database.AsAsync(user);
    }

    private async Task<List<long>> AddAsync(User owner, int count, long? team = null)
    {
        await using var scope = database.AsSystem();
        var customers = Enumerable.Range(1, count).Select(i => new Customer { Name = $"Halden {i}" }).ToList();
        foreach (var customer in customers)
        {
            customer.Assign(owner.Id, team ?? owner.HomeTeamId);
            scope.Repository<Customer>().Add(customer);
        }
        await scope.SaveAsync();
        return customers.ConvertAll(c => c.Id);
    }

    /// <summary>An open promise, an open task, and one that is done.</summary>
    private async Task<List<long>> AddActivitiesAsync(User assignee, long customer)
    {
        await using var scope = database.AsSystem();
        var done = new Activity { Kind = ActivityKind.Task, Subject = "Called", CustomerId = customer, AssigneeId = assignee.Id };
        Activity[] all = [new() { Kind = ActivityKind.Task, Subject = "Send the offer", IsPromise = true, DueOn = new(2026, 3, 9), CustomerId = customer, AssigneeId = assignee.Id }, new() { Kind = ActivityKind.Task, Subject = "Call", CustomerId = customer, AssigneeId = assignee.Id }, done];
        foreach (var activity in all)
            scope.Repository<Activity>().Add(activity);
        done.Complete(database.Clock.Utc);
        await scope.SaveAsync();
        return [.. all.Select(a => a.Id)];
    }

    /// <summary>What waits is done with the rights of the one who asked for it.</summary>
    private static async Task WorkAsync(TestScope scope)
    {
        var me = scope.Get<ICurrentUser>().Id;
        var handler = scope.Get<IEnumerable<IWorkHandler>>().Single(h => h.Kind == "bulk");
        foreach (var id in await scope.Db.Set<WorkItem>().Where(w => w.UserId == me && w.State == WorkState.Waiting).OrderBy(w => w.Id).Select(w => w.SubjectId).ToListAsync(Ct))
        {
            scope.Get<IUnitOfWork>().Forget();
            await handler.RunAsync(id, new Silent(), Ct);
        }
        scope.Get<IUnitOfWork>().Forget();
    }

    private async Task<List<(long?, long?)>> OwnersAsync(List<long> customers)
    {
        await using var scope = database.AsSystem();
        return await scope.Db.Set<Customer>().Where(c => customers.Contains(c.Id)).Select(c => new ValueTuple<long?, long?>(c.OwnerId, c.OwnerTeamId)).Distinct().ToListAsync(Ct);
    }

    private sealed class Silent : IWorkProgress
    {
        public Task ReportAsync(int done, int? total, CancellationToken ct) => Task.CompletedTask;
    }
}
