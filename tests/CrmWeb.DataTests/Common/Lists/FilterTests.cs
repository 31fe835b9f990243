using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Lists;

/// <summary>Every filter finds the rows it would find among objects in memory.</summary>
public sealed class FilterTests(ListDatabase lists) : IClassFixture<ListDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_filter_of_customers() => await CompareAsync<Customer>(db => db.Include(c => c.Figures));

    [Fact]
    public async Task Every_filter_of_contacts() => await CompareAsync<Contact>(db => db);

    [Fact]
    public async Task Every_filter_of_activities() => await CompareAsync<Activity>(db => db);

    [Fact]
    public async Task One_field_twice_means_any_different_fields_mean_all_and_a_group_means_any_within()
    {
        await using var scope = lists.Database.AsSystem();
        var type = scope.Get<RecordCatalogue>().Of<Customer>();
        var all = await scope.Db.Set<Customer>().AsNoTracking().ToListAsync(Ct);

        await Check("f.country.is=SE&f.country.is=NO&f.rating.is=A", c => c.Country is "SE" or "NO" && c.Rating == CustomerRating.A);
        await Check("f.country.not=SE&f.country.not=NO", c => c.Country is not ("SE" or "NO"));
        await Check("g1.country.is=SE&g1.rating.is=A&f.currency.is=EUR", c => (c.Country == "SE" || c.Rating == CustomerRating.A) && c.Currency == "EUR");
        await Check("g1.country.is=SE&g1.country.is=NO&g1.rating.is=A&g2.currency.is=EUR&g2.employees.gt=3", c => (c.Country is "SE" or "NO" || c.Rating == CustomerRating.A) && (c.Currency == "EUR" || c.Employees > 3));
        await Check("f.employees.between=1..5&f.employees.not=1", c => c.Employees is > 1 and <= 5);

        async Task Check(string query, Func<Customer, bool> expected)
        {
            var ids = all.Where(expected).Select(c => c.Id).Order().ToList();
            Assert.NotEmpty(ids);
            Assert.Equal(ids, await FilterReference.FoundAsync(scope, type, ListQuery.ReadQuery(query)));
        }
    }

    [Fact]
    public async Task Me_is_who_looks()
    {
        await using var scope = lists.Database.AsSystem();
        var owner = await scope.Db.Set<Customer>().Where(c => c.OwnerId != null).Select(c => c.OwnerId!.Value).FirstAsync(Ct);
        await using var hers = await lists.Database.AsAsync(await scope.Db.Set<Domain.Access.User>().SingleAsync(u => u.Id == owner, Ct));

        var found = await FilterReference.FoundAsync(hers, hers.Get<RecordCatalogue>().Of<Customer>(), [new("f.owner.is", "me")]);

        Assert.Equal(await scope.Db.Set<Customer>().Where(c => c.OwnerId == owner).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Ct), found);
    }

    private async Task CompareAsync<T>(Func<IQueryable<T>, IQueryable<T>> with) where T : Record
    {
        await using var scope = lists.Database.AsSystem();
        var type = scope.Get<RecordCatalogue>().Of<T>();
        var rows = await with(scope.Db.Set<T>().AsNoTracking()).ToListAsync(Ct);
        var (wrong, some) = (new List<string>(), 0);

        foreach (var field in type.With(FieldUse.Filter))
        {
            var reference = new FilterReference<T>(field, lists.Database.Clock);
            foreach (var (op, value) in reference.Conditions(rows))
            {
                var expected = rows.Where(r => reference.Matches(r, op, value)).Select(r => r.Id).Order().ToList();
                var found = await FilterReference.FoundAsync(scope, type, [new($"f.{field.Key}.{op}", value)]);
                some += expected.Count > 0 && expected.Count < rows.Count ? 1 : 0;
                if (!expected.SequenceEqual(found))
                    wrong.Add($"f.{field.Key}.{op}={value}: {found.Count} found, {expected.Count} expected");
            }
        }

        Assert.True(some > 20, "hardly any filter told rows apart");
        Expect.Nothing(wrong);
    }
}
