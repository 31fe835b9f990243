using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common;

/// <summary>Whose records an action reaches, and how the answer differs when it does not.</summary>
public sealed class ScopesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Types = ["Customer", "Contact", "Activity"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Scope.None, "")]
    [InlineData(Scope.Own, "mine")]
    [InlineData(Scope.Team, "mine, team's")]
    [InlineData(Scope.Subtree, "mine, team's, below")]
    [InlineData(Scope.All, "mine, team's, below, above, nobody's")]
    public async Task A_scope_reaches_customers_and_everything_that_lives_with_them(Scope scope, string expected)
    {
        var (mark, users) = await BuildAsync(scope, RecordAction.Edit);
        await using var work = await database.AsAsync(users.Me);

        var customers = await work.Repository<Customer>().Query(RecordAction.Edit).Where(c => c.Industry == mark).OrderBy(c => c.Id).Select(c => c.Name).ToListAsync(Ct);
        var contacts = await work.Repository<Contact>().Query(RecordAction.Edit).Where(c => c.Department == mark).OrderBy(c => c.Id).Select(c => c.FullName).ToListAsync(Ct);
        var activities = await work.Repository<Activity>().Query(RecordAction.Edit).Where(c => c.Place == mark).OrderBy(c => c.Id).Select(c => c.Subject).ToListAsync(Ct);

        Assert.Equal(expected, string.Join(", ", customers));
        Assert.Equal(expected, string.Join(", ", contacts));
        Assert.Equal(expected, string.Join(", ", activities));
    }

    [Fact]
    public async Task A_private_note_is_its_authors_even_among_those_who_see_everything()
    {
        var (ana, ben) = (await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator), await database.AddUserAsync("Ben", team: null, BuiltInRoles.Administrator));
        await using var hers = await database.AsAsync(ana);
        var customer = await hers.AddAsync(new Customer { Name = "Halden" });
        var note = new Activity { Kind = ActivityKind.Note, Subject = "Thinks of leaving", IsPrivate = true, CustomerId = customer.Id };
        note.Complete(database.Clock.Utc);
        await hers.AddAsync(note);
        await using var his = await database.AsAsync(ben);

        Assert.Equal("Thinks of leaving", await hers.Repository<Activity>().ReadAsync(note.Id, RecordAction.Edit, a => a.Subject, Ct));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => his.Repository<Activity>().ReadAsync(note.Id, RecordAction.View, a => a.Subject, Ct));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => his.Repository<Activity>().GetAsync(note.Id, RecordAction.Edit, Ct));
        Assert.Empty(await his.Get<ISearchService>().FindAsync("Thinks of", 8, Ct));
        Assert.Empty(await his.Repository<Customer>().Parts<TimelineEntry>(customer.Id).Where(t => t.OnlyForId == ben.Id).ToListAsync(Ct));
        Assert.Throws<InvalidOperationException>(() => his.Repository<Customer>().Parts<Activity>(customer.Id)); // a record of its own is asked for where its own rights are judged
    }

    [Fact]
    public async Task Not_there_not_visible_and_in_the_trash_are_the_same_answer()
    {
        var (mine, others, deleted, user) = await MineOthersDeletedAsync(view: Scope.Own, edit: Scope.Own);
        await using var work = await database.AsAsync(user);
        var customers = work.Repository<Customer>();

        var answers = new List<string>();
        foreach (var id in new[] { others.Id, deleted.Id, 999_999_999 })
        {
            foreach (var action in new[] { RecordAction.View, RecordAction.Edit, RecordAction.Delete })
                answers.Add((await Assert.ThrowsAsync<RecordNotFoundException>(() => customers.GetAsync(id, action, Ct))).Message.Replace($"{id}", "#", StringComparison.Ordinal));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal("mine", await customers.ReadAsync(mine.Id, RecordAction.View, c => c.Name, Ct));
    }

    [Fact]
    public async Task What_one_may_see_but_not_change_is_denied_and_what_changed_meanwhile_is_stale()
    {
        var (mine, others, _, user) = await MineOthersDeletedAsync(view: Scope.All, edit: Scope.Own);
        await using var work = await database.AsAsync(user);
        var customers = work.Repository<Customer>();

        var denied = await Assert.ThrowsAsync<AccessDeniedException>(() => customers.GetAsync(others.Id, RecordAction.Edit, others.Version, Ct));
        Assert.Equal(("Customer", "Edit"), (denied.Subject, denied.Action));
        await Assert.ThrowsAsync<AccessDeniedException>(() => customers.ReadAsync(others.Id, RecordAction.Edit, c => c.Name, Ct));
        await Assert.ThrowsAsync<AccessDeniedException>(() => customers.GetAsync(mine.Id, RecordAction.Delete, Ct));
        await Assert.ThrowsAsync<StaleRecordException>(() => customers.GetAsync(mine.Id, RecordAction.Edit, Guid.NewGuid(), Ct));
        Assert.Equal(mine.Id, (await customers.GetAsync(mine.Id, RecordAction.Edit, mine.Version, Ct)).Id);
    }

    [Fact]
    public async Task The_trash_shows_what_one_may_delete_and_nothing_else_shows_it()
    {
        var (_, _, deleted, user) = await MineOthersDeletedAsync(view: Scope.All, edit: Scope.All, delete: Scope.All);
        var (_, _, _, other) = await MineOthersDeletedAsync(view: Scope.All, edit: Scope.All);
        await using var work = await database.AsAsync(user);
        await using var without = await database.AsAsync(other);

        Assert.Contains(deleted.Id, await work.Repository<Customer>().Trash().Select(c => c.Id).ToListAsync(Ct));
        Assert.DoesNotContain(deleted.Id, await work.Repository<Customer>().Query().Select(c => c.Id).ToListAsync(Ct));
        Assert.Equal(deleted.Id, (await work.Repository<Customer>().GetDeletedAsync(deleted.Id, Ct)).Id);
        Assert.Empty(await without.Repository<Customer>().Trash().ToListAsync(Ct));
        await Assert.ThrowsAsync<RecordNotFoundException>(() => without.Repository<Customer>().GetDeletedAsync(deleted.Id, Ct));
    }

    [Fact]
    public async Task Parts_of_a_record_are_cut_by_the_right_to_the_record()
    {
        var (mine, others, _, user) = await MineOthersDeletedAsync(view: Scope.All, edit: Scope.Own);
        await using var work = await database.AsAsync(user);
        var customers = work.Repository<Customer>();

        Assert.NotEmpty(await customers.Parts<TimelineEntry>(others.Id).ToListAsync(Ct));
        Assert.Empty(await customers.Parts<TimelineEntry>(others.Id, RecordAction.Edit).ToListAsync(Ct));
        Assert.NotEmpty(await customers.Parts<TimelineEntry>(mine.Id, RecordAction.Edit).ToListAsync(Ct));
        Assert.All(await customers.Parts<TimelineEntry>(mine.Id).ToListAsync(Ct), t => Assert.Equal(mine.Id, t.CustomerId));
    }

    [Fact]
    public async Task Creating_takes_the_right_and_is_refused_before_anything_is_kept()
    {
        var reader = await database.AddUserWithAsync("Ana", team: null, new Grant("Customer", RecordAction.View, Scope.All));
        await using var work = await database.AsAsync(reader);

        var denied = Assert.Throws<AccessDeniedException>(() => work.Repository<Customer>().Add(new() { Name = "Halden" }));
        await Assert.ThrowsAsync<AccessDeniedException>(() => work.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Halden" }, Ct));

        Assert.Equal("Create", denied.Action);
        Assert.Empty(work.Db.ChangeTracker.Entries());
    }

    [Fact]
    public async Task Nobody_sees_nothing()
    {
        await using (var system = database.AsSystem())
            await system.AddAsync(new Customer { Name = "Halden" });
        await using var scope = new TestScope(Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateAsyncScope(database.Services));

        Assert.Empty(await scope.Repository<Customer>().Query().ToListAsync(Ct));
        Assert.Throws<AccessDeniedException>(() => scope.Repository<Customer>().Add(new() { Name = "Halden" }));
    }

    /// <summary>A customer, a contact and an activity for each place a record can have beside a user who may do one thing within a scope.</summary>
    private async Task<(string Mark, (User Me, User Other) Users)> BuildAsync(Scope scope, RecordAction action)
    {
        var mark = Guid.NewGuid().ToString("N");
        var above = await database.AddTeamAsync("Above");
        var mine = await database.AddTeamAsync("Mine", above);
        var below = await database.AddTeamAsync("Below", mine);
        var me = await database.AddUserWithAsync("Me", mine, [.. Types.Select(t => new Grant(t, action, scope))]);
        var other = await database.AddUserAsync("Other", above, BuiltInRoles.Sales);
        await using var work = database.AsSystem();
        foreach (var (name, owner, team) in new[] { ("mine", me.Id, above.Id), ("team's", other.Id, mine.Id), ("below", other.Id, below.Id), ("above", other.Id, above.Id), ("nobody's", (long?)null, (long?)null) })
        {
            var customer = new Customer { Name = name, Industry = mark };
            customer.Assign(owner, team);
            work.Repository<Customer>().Add(customer);
            var contact = new Contact { DisplayName = name, Department = mark };
            work.Repository<Contact>().Add(contact);
            work.Repository<Contact>().AddPart(contact.WorkFor(customer.Id, new(2026, 3, 2), current: null)!);
            work.Repository<Activity>().Add(new() { Subject = name, Place = mark, CustomerId = customer.Id });
            await work.SaveAsync();
        }
        return (mark, (me, other));
    }

    private async Task<(Customer Mine, Customer Others, Customer Deleted, User User)> MineOthersDeletedAsync(Scope view, Scope edit, Scope delete = Scope.None)
    {
        var user = await database.AddUserWithAsync("Ana", team: null,
            new Grant("Customer", RecordAction.View, view), new Grant("Customer", RecordAction.Edit, edit), new Grant("Customer", RecordAction.Delete, delete));
        await using var scope = database.AsSystem();
        var customers = new List<Customer>();
        foreach (var (name, owner) in new[] { ("mine", user.Id), ("others", User.SystemId), ("deleted", user.Id) })
        {
            var customer = new Customer { Name = name };
            customer.Assign(owner, teamId: null);
            customers.Add(await scope.AddAsync(customer));
        }
        customers[2].Delete(database.Clock.Utc, user.Id);
        await scope.SaveAsync();
        return (customers[0], customers[1], customers[2], user);
    }
}
