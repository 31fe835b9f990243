using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Customers;

/// <summary>Which lines of a customer's history a save writes, changes and takes back.</summary>
public sealed class TimelineTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ActivityKind.Call, TimelineKind.Call)]
    [InlineData(ActivityKind.Meeting, TimelineKind.Meeting)]
    [InlineData(ActivityKind.Visit, TimelineKind.Visit)]
    [InlineData(ActivityKind.Email, TimelineKind.Email)]
    [InlineData(ActivityKind.Note, TimelineKind.Note)]
    [InlineData(ActivityKind.Task, TimelineKind.TaskDone)]
    public async Task What_was_done_is_a_line_under_its_own_id(ActivityKind kind, TimelineKind line)
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });
        var done = Done(kind, customer);
        (done.Body, done.StartAt) = (new string('仪', 401), database.Clock.Utc.AddDays(-3));

        await scope.AddAsync(done);

        var entry = Assert.Single(await OfAsync(scope, customer), t => t.Kind == line);
        Assert.Equal((done.Id, "Activity", done.Id, done.StartAt, done.Subject, 400, (long?)null), (entry.Id, entry.SourceType, entry.SourceId, entry.At, entry.Title, entry.Excerpt!.Length, entry.OnlyForId));
    }

    [Fact]
    public async Task The_line_follows_its_activity_and_goes_with_it()
    {
        await using var scope = database.AsSystem();
        var (first, second) = (await scope.AddAsync(new Customer { Name = "Halden" }), await scope.AddAsync(new Customer { Name = "Tranvik" }));
        var call = await scope.AddAsync(Done(ActivityKind.Call, first));

        (call.Subject, call.CustomerId) = ("Another word", second.Id);
        await scope.SaveAsync();
        Assert.Empty(await CallsAsync(first));
        Assert.Equal("Another word", Assert.Single(await CallsAsync(second)).Title);

        call.Reopen(database.Clock.Utc);
        await scope.SaveAsync();
        Assert.Empty(await CallsAsync(second));

        call.Complete(database.Clock.Utc);
        await scope.SaveAsync();
        call.Delete(database.Clock.Utc, by: 1);
        await scope.SaveAsync();
        Assert.Empty(await CallsAsync(second));

        call.Restore();
        await scope.SaveAsync();
        Assert.Single(await CallsAsync(second));

        async Task<IEnumerable<TimelineEntry>> CallsAsync(Customer customer) => (await OfAsync(scope, customer)).Where(t => t.Kind == TimelineKind.Call);
    }

    [Fact]
    public async Task A_private_note_is_a_line_for_its_author_alone_until_it_is_shared()
    {
        var ana = await database.AddUserAsync("Ana", team: null, Domain.Access.BuiltInRoles.Administrator);
        await using var scope = await database.AsAsync(ana);
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });
        var note = Done(ActivityKind.Note, customer);
        note.IsPrivate = true;
        await scope.AddAsync(note);
        Assert.Equal(ana.Id, Assert.Single(await OfAsync(scope, customer), t => t.Kind == TimelineKind.Note).OnlyForId);

        note.IsPrivate = false;
        await scope.SaveAsync();

        Assert.Null(Assert.Single(await OfAsync(scope, customer), t => t.Kind == TimelineKind.Note).OnlyForId);
    }

    [Theory]
    [InlineData(0, TimelineKind.PromiseKept)]
    [InlineData(-1, TimelineKind.PromiseBroken)]
    public async Task A_promise_is_kept_until_the_end_of_its_day(int dueInDays, TimelineKind kind)
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });
        var promise = Done(ActivityKind.Task, customer);
        (promise.IsPromise, promise.DueOn) = (true, DateOnly.FromDateTime(database.Clock.Utc).AddDays(dueInDays));

        await scope.AddAsync(promise);

        Assert.Single(await OfAsync(scope, customer), t => t.Kind == kind);
    }

    /// <summary>The clock of the tests stands at nine in the morning: on Kiritimati it is eleven in the evening, in Samoa ten in the evening of the day before.</summary>
    [Theory]
    [InlineData("Pacific/Kiritimati", 0, 1, 0)]
    [InlineData("Pacific/Pago_Pago", -1, 1, 0)]
    [InlineData("Pacific/Pago_Pago", -2, 0, 1)]
    public async Task Whose_day_it_is_says_the_clock_of_who_keeps_it(string zone, int dueInDays, int kept, int broken)
    {
        var ana = await database.AddUserAsync("Ana", team: null, Domain.Access.BuiltInRoles.Administrator);
        await using (var scope = database.AsSystem())
        {
            (await scope.Repository<Domain.Access.User>().GetAsync(ana.Id, RecordAction.Edit, Ct)).TimeZone = zone;
            await scope.SaveAsync();
        }
        await using var hers = await database.AsAsync(ana);
        var customer = await hers.AddAsync(new Customer { Name = "Halden" });
        var promise = new Activity { Kind = ActivityKind.Task, Subject = "Send it", CustomerId = customer.Id, IsPromise = true, DueOn = DateOnly.FromDateTime(database.Clock.Utc.Date).AddDays(dueInDays) };
        await hers.AddAsync(promise);

        promise.Complete(database.Clock.Utc.Date.AddHours(9));
        await hers.SaveAsync();

        var figures = await hers.Db.Set<CustomerFigures>().AsNoTracking().SingleAsync(f => f.CustomerId == customer.Id, Ct);
        Assert.Equal((kept, broken), (figures.KeptPromises, figures.BrokenPromises));
        Assert.Equal(0, (await hers.Get<IFigures>().RecountAsync(customer.Id - 1, 1, Ct))!.Repaired);

        promise.Reopen(database.Clock.Utc);
        await hers.SaveAsync();
        Assert.Null(promise.ClosedOn);
    }

    [Fact]
    public async Task What_was_given_up_or_is_still_open_is_no_line()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });
        foreach (var (kind, status) in new[] { (ActivityKind.Task, ActivityStatus.Cancelled), (ActivityKind.Call, ActivityStatus.NotHeld), (ActivityKind.Meeting, ActivityStatus.Planned) })
        {
            var activity = new Activity { Kind = kind, Subject = "x", CustomerId = customer.Id };
            activity.SetStatus(status, database.Clock.Utc);
            await scope.AddAsync(activity);
        }

        Assert.Equal([TimelineKind.Created], (await OfAsync(scope, customer)).Select(t => t.Kind));
    }

    [Fact]
    public async Task A_customers_own_life_is_told_line_by_line()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden" });

        scope.Repository<Customer>().AddPart(customer.Move(Lifecycle.Active, reason: null, database.Clock.Utc, by: 1));
        customer.Assign(Domain.Access.User.SystemId, teamId: null);
        (customer.City, customer.Industry) = ("Oslo", "Robotics");
        await scope.SaveAsync();
        var contact = new Contact { FamilyName = "Duarte", GivenName = "Ana" };
        scope.Repository<Contact>().Add(contact);
        scope.Repository<Contact>().AddPart(contact.WorkFor(customer.Id, new(2026, 3, 2), current: null)!);
        await scope.SaveAsync();
        await scope.AddAsync(new Attachment { CustomerId = customer.Id, Name = "offer.pdf", Hash = new('a', 64), MediaType = "application/pdf" });
        customer.Delete(database.Clock.Utc, by: 1);
        await scope.SaveAsync();
        customer.Restore();
        await scope.SaveAsync();

        var lines = await OfAsync(scope, customer);
        Assert.Equal(
            [
                (TimelineKind.Created, null), (TimelineKind.LifecycleMoved, "Prospect,Active"), (TimelineKind.Assigned, ",1"), (TimelineKind.Changed, "City,Industry"),
                (TimelineKind.ContactAdded, null), (TimelineKind.FileAdded, null), (TimelineKind.Deleted, null), (TimelineKind.Restored, (string?)null),
            ],
            lines.OrderBy(t => t.Id).Select(t => (t.Kind, t.Detail)));
        Assert.Equal((contact.Id, "Ana Duarte"), (lines.Single(t => t.Kind == TimelineKind.ContactAdded).ContactId, lines.Single(t => t.Kind == TimelineKind.ContactAdded).Title));
    }

    private Activity Done(ActivityKind kind, Customer customer)
    {
        var activity = new Activity { Kind = kind, Subject = "Asked for the offer", CustomerId = customer.Id };
        activity.Complete(database.Clock.Utc);
        return activity;
    }

    private static Task<List<TimelineEntry>> OfAsync(TestScope scope, Customer customer) =>
        scope.Db.Set<TimelineEntry>().AsNoTracking().Where(t => t.CustomerId == customer.Id).ToListAsync(Ct);
}
