using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Records;

/// <summary>Two people edit one record at the same time.</summary>
public sealed class EditTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_only_one_of_them_changed_merges_by_itself()
    {
        var (id, shown) = await AddAsync();
        await EditAsync(id, shown, ("city", "Oslo"), ("industry", "Robotics"));

        await EditAsync(id, shown, ("city", "Bergen"), ("employees", 7)); // Bergen was there when both began

        await using var scope = database.AsSystem();
        var saved = await scope.Db.Set<Customer>().SingleAsync(c => c.Id == id, Ct);
        Assert.Equal(("Oslo", "Robotics", 7), (saved.City, saved.Industry, saved.Employees));
    }

    [Fact]
    public async Task The_same_field_is_a_conflict_that_names_all_three_values()
    {
        var (id, shown) = await AddAsync();
        await EditAsync(id, shown, ("city", "Oslo"));

        var conflict = (await Assert.ThrowsAsync<EditConflictException>(() => EditAsync(id, shown, ("city", "Stavanger"), ("employees", 7)))).Conflict;

        var clash = Assert.Single(conflict.Clashes);
        Assert.Equal(("city", "Bergen", "Oslo", "Stavanger"), (clash.Field.Key, clash.Was, clash.Theirs, clash.Mine));
        Assert.Equal("employees", Assert.Single(conflict.Mine).Field.Key);
        await using var scope = database.AsSystem();
        var saved = await scope.Db.Set<Customer>().SingleAsync(c => c.Id == id, Ct);
        Assert.Equal(("Oslo", null, saved.Version), (saved.City, saved.Employees, conflict.Version));
        await EditAsync(id, conflict.Version, ("city", "Stavanger")); // settled
    }

    [Fact]
    public async Task The_same_value_by_both_is_no_conflict()
    {
        var (id, shown) = await AddAsync();
        await EditAsync(id, shown, ("city", "Oslo"));

        await EditAsync(id, shown, ("city", "Oslo"), ("employees", 7));

        await using var scope = database.AsSystem();
        Assert.Equal(7, (await scope.Db.Set<Customer>().SingleAsync(c => c.Id == id, Ct)).Employees);
    }

    [Fact]
    public async Task A_version_of_another_record_is_stale()
    {
        var (id, _) = await AddAsync();
        var (_, others) = await AddAsync();

        await Assert.ThrowsAsync<StaleRecordException>(() => EditAsync(id, others, ("city", "Oslo")));
    }

    [Fact]
    public async Task A_step_on_a_record_that_was_saved_since_is_stale()
    {
        var (id, shown) = await AddAsync();
        await EditAsync(id, shown, ("city", "Oslo"));
        await using var scope = database.AsSystem();
        var records = scope.Get<IRecordService<Customer>>();

        await Assert.ThrowsAsync<StaleRecordException>(() => records.DeleteAsync(id, shown, Ct));
        await Assert.ThrowsAsync<StaleRecordException>(() => records.AssignAsync(id, User.SystemId, shown, Ct));
        await Assert.ThrowsAsync<StaleRecordException>(() => scope.Repository<Customer>().GetAsync(id, RecordAction.Edit, shown, Ct));
    }

    [Fact]
    public async Task Of_two_saves_at_the_same_moment_the_second_is_stale()
    {
        var (id, shown) = await AddAsync();
        await using var first = database.AsSystem();
        await using var second = database.AsSystem();
        (await first.Repository<Customer>().GetAsync(id, RecordAction.Edit, shown, Ct)).City = "Oslo";
        (await second.Repository<Customer>().GetAsync(id, RecordAction.Edit, shown, Ct)).City = "Stavanger";

        await first.SaveAsync();

        await Assert.ThrowsAsync<StaleRecordException>(second.SaveAsync);
        Assert.Equal("Oslo", (await first.Db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Id == id, Ct)).City);
        Assert.Equal(2, await first.Db.Set<AuditEntry>().CountAsync(a => a.RecordId == id, Ct));
    }

    [Fact]
    public async Task Many_edits_of_different_fields_at_once_all_arrive()
    {
        var (id, shown) = await AddAsync();
        var fields = new[] { "legalName", "otherName", "industry", "street", "region", "postalCode", "territory", "source" };

        // Each of them may lose the race a few times; what is stale is tried again, as a person would.
        await Task.WhenAll(fields.Select(field => Task.Run(async () =>
        {
            while (true)
            {
                try
                {
                    await EditAsync(id, shown, (field, "x"));
                    return;
                }
                catch (StaleRecordException)
                {
                    await Task.Yield();
                }
            }
        }, Ct)));

        await using var scope = database.AsSystem();
        var saved = (await scope.Get<IRecordService<Customer>>().OpenAsync(id, RecordAction.View, Ct)).Values;
        Assert.All(fields, f => Assert.Equal("x", saved[f]));
    }

    [Fact]
    public async Task A_refused_edit_does_not_ride_along_with_the_next_save()
    {
        var (id, shown) = await AddAsync();
        await using var scope = database.AsSystem();
        var records = scope.Get<IRecordService<Customer>>();

        var refused = await Assert.ThrowsAsync<RuleException>(() => records.EditAsync(id, Values(("name", ""), ("email", "no address"), ("city", "Oslo")), shown, Ct));
        await scope.AddAsync(new Customer { Name = "Another" });

        Assert.Equal(["Email", "Name"], refused.Broken.Select(b => b.Property!).Order(StringComparer.Ordinal));
        Assert.Equal("Bergen", (await scope.Db.Set<Customer>().AsNoTracking().SingleAsync(c => c.Id == id, Ct)).City);
    }

    private async Task<(long Id, Guid Version)> AddAsync()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.AddAsync(new Customer { Name = "Halden", City = "Bergen" });
        return (customer.Id, customer.Version);
    }

    private async Task EditAsync(long id, Guid version, params (string Key, object? Value)[] values)
    {
        await using var scope = database.AsSystem();
        await scope.Get<IRecordService<Customer>>().EditAsync(id, Values(values), version, Ct);
    }

    private static FieldValues Values(params (string Key, object? Value)[] values)
    {
        var fields = new FieldValues();
        foreach (var (key, value) in values)
            fields[key] = value;
        return fields;
    }
}
