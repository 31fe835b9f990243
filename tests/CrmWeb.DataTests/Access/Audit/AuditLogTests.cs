using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Access;

/// <summary>The audit is read by those with the right, tells nothing that is not theirs to see, and only grows.</summary>
public sealed class AuditLogTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_is_neither_changed_nor_removed()
    {
        await using var scope = database.AsSystem();
        var id = (await scope.AddAsync(new Customer { Name = "Kept" })).Id;
        var before = await scope.Db.Set<AuditEntry>().AsNoTracking().SingleAsync(a => a.RecordId == id, Ct);

        foreach (var state in new[] { EntityState.Modified, EntityState.Deleted })
        {
            scope.Db.ChangeTracker.Clear();
            scope.Db.Entry(await scope.Db.Set<AuditEntry>().AsTracking().SingleAsync(a => a.RecordId == id, Ct)).State = state;
            await Assert.ThrowsAsync<InvalidOperationException>(scope.SaveAsync);
            await Assert.ThrowsAsync<InvalidOperationException>(() => scope.Db.SaveChangesAsync(Ct));
        }

        scope.Db.ChangeTracker.Clear();
        Assert.Equivalent(before, await scope.Db.Set<AuditEntry>().AsNoTracking().SingleAsync(a => a.RecordId == id, Ct), strict: true);
    }

    [Fact]
    public async Task Without_the_right_nothing_is_told()
    {
        await using var scope = await database.AsAsync(await database.AddUserAsync("Mia", team: null, BuiltInRoles.Manager));

        await Assert.ThrowsAsync<AccessDeniedException>(() => scope.Get<IAuditLog>().ReadAsync(new(), before: null, Ct));
    }

    [Fact]
    public async Task A_private_note_stays_its_authors()
    {
        var (ana, ben) = (await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator), await database.AddUserAsync("Ben", team: null, BuiltInRoles.Administrator));
        long note, open;
        await using (var scope = await database.AsAsync(ana))
        {
            (note, open) = ((await scope.AddAsync(new Activity { Subject = "Secret", Kind = ActivityKind.Note, IsPrivate = true })).Id, (await scope.AddAsync(new Activity { Subject = "Open", Kind = ActivityKind.Note })).Id);
            foreach (var id in new[] { note, open })
                (await scope.Repository<Activity>().GetAsync(id, RecordAction.Edit, Ct)).Body = "a thought";
            await scope.SaveAsync();
        }

        Assert.Null(await ToldAsync(ben, note));
        Assert.Equal("Body", await ToldAsync(ben, open));
        Assert.Equal("Body", await ToldAsync(ana, note));
    }

    [Fact]
    public async Task What_lies_in_the_trash_is_told_by_its_name()
    {
        var ana = await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator);
        long id;
        await using (var scope = await database.AsAsync(ana))
        {
            id = (await scope.AddAsync(new Customer { Name = "Gone" })).Id;
            await scope.Get<IRecordService<Customer>>().DeleteAsync(id, (await scope.Db.Set<Customer>().SingleAsync(c => c.Id == id, Ct)).Version, Ct);
        }

        var page = await ReadAsync(ana, new(RecordId: id));

        Assert.Equal([(AuditKind.Deleted, "Gone", true), (AuditKind.Created, "Gone", true)], page.Lines.Select(l => (l.Entry.Kind, l.Title, l.IsInTrash)));
    }

    [Fact]
    public async Task Filters_and_pages_leave_nothing_out_and_repeat_nothing()
    {
        var ana = await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator);
        await using (var scope = await database.AsAsync(ana))
        {
            for (var i = 0; i < 120; i++)
                scope.Repository<Customer>().Add(new() { Name = $"Many {i}" }); // one save: all of the same moment
            await scope.SaveAsync();
        }
        var (read, before) = (new List<long>(), (string?)null);

        do
        {
            var page = await ReadAsync(ana, new(UserId: ana.Id, Kind: AuditKind.Created, RecordType: "Customer"), before);
            read.AddRange(page.Lines.Select(l => l.Entry.RecordId));
            before = page.Before;
        }
        while (before is not null);

        Assert.Equal((120, 120), (read.Count, read.Distinct().Count()));
        Assert.Empty((await ReadAsync(ana, new(UserId: ana.Id, Kind: AuditKind.Deleted))).Lines);
        Assert.Empty((await ReadAsync(ana, new(UserId: ana.Id, From: database.Clock.Utc.AddSeconds(1)))).Lines);
        Assert.Empty((await ReadAsync(ana, new(UserId: ana.Id, Until: database.Clock.Utc))).Lines);
    }

    /// <summary>The fields that the newest save of a record is said to have changed; null when they are not told.</summary>
    private async Task<string?> ToldAsync(User who, long id) => (await ReadAsync(who, new(RecordId: id))).Lines[0].Changes is { } changes ? string.Join(',', changes.Select(c => c.Property)) : null;

    private async Task<HistoryPage> ReadAsync(User who, AuditFilter filter, string? before = null)
    {
        await using var scope = await database.AsAsync(who);
        return await scope.Get<IAuditLog>().ReadAsync(filter, before, Ct);
    }
}
