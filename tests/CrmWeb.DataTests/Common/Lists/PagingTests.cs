using System.Linq.Expressions;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Lists;

/// <summary>Pages found by their neighbours hold each row once, in the order of the whole list, forwards and backwards.</summary>
public sealed class PagingTests(ListDatabase lists) : IClassFixture<ListDatabase>
{
    private const int PageSize = 17;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Customer")]
    [InlineData("Contact")]
    [InlineData("Activity")]
    [InlineData("User")]
    public async Task Every_order_pages_through_all_rows_both_ways(string typeName)
    {
        await using var scope = lists.Database.AsSystem();

        Expect.Nothing(await WrongOrdersAsync(scope, typeName));
    }

    [Theory]
    [InlineData(Scope.Own)]
    [InlineData(Scope.Team)]
    [InlineData(Scope.Subtree)]
    public async Task One_who_sees_some_of_the_rows_pages_through_just_those(Scope narrow)
    {
        string[] types = ["Customer", "Contact", "Activity"];
        var top = await lists.Database.AddTeamAsync("Top");
        var below = await lists.Database.AddTeamAsync("Below", await lists.Database.AddTeamAsync("Middle", top));
        var person = await lists.Database.AddUserWithAsync("Ines", top, [.. types.Select(t => new Grant(t, RecordAction.View, narrow))]);
        await GiveAsync(person, top, below);

        await using var scope = await lists.Database.AsAsync(person);
        var seen = await scope.Repository<Customer>().Query().CountAsync(Ct);

        Assert.InRange(seen, PageSize, ListDatabase.Customers - 1);
        foreach (var type in types)
            Expect.Nothing(await WrongOrdersAsync(scope, type));
    }

    /// <summary>Of every ten customers two become the person's, one his team's, one a team's below; two are shared with him, one of them his own.</summary>
    private async Task GiveAsync(User person, Team top, Team below)
    {
        await using var scope = lists.Database.AsSystem();
        var all = await scope.Repository<Customer>().GetAsync(await scope.Repository<Customer>().Query().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Ct), RecordAction.Edit, Ct);
        foreach (var (customer, i) in all.OrderBy(c => c.Id).Select((c, i) => (c, i % 10)))
        {
            if (i < 4)
                customer.Assign(i < 2 ? person.Id : null, i is 1 or 2 ? top.Id : i == 3 ? below.Id : null);
            if (i is 0 or 5)
                scope.Db.Add(new CustomerShare(customer.Id, person.Id, isTeam: false));
        }
        await scope.SaveAsync();
    }

    private static async Task<IReadOnlyList<string>> WrongOrdersAsync(TestScope scope, string typeName)
    {
        var type = scope.Get<RecordCatalogue>()[typeName];
        var wrong = new List<string>();

        foreach (var sort in type.With(FieldUse.Sort))
        {
            foreach (var descending in new[] { false, true })
            {
                var expected = await type.Accept(new WholeList(scope, sort, descending));
                var query = $"sort={sort.Key}&dir={(descending ? "desc" : "asc")}&size={PageSize}";
                var forwards = await WalkAsync(scope, type, query, from: "", page => page.After is { } after ? $"after={after}" : null);
                if (!expected.SequenceEqual(forwards.SelectMany(p => p)))
                    wrong.Add($"{query}: not the whole list in its order");
                var backwards = await WalkAsync(scope, type, query, from: $"after={await LastPlaceAsync(scope, type, query)}", page => page.Before is { } before ? $"before={before}" : null);
                if (!expected.SequenceEqual(Enumerable.Reverse(backwards).SelectMany(p => p)))
                    wrong.Add($"{query}: not the same list from its end");
            }
        }

        return wrong;
    }

    [Fact]
    public async Task The_first_page_has_nothing_before_it_and_the_last_nothing_after()
    {
        await using var scope = lists.Database.AsSystem();
        var type = scope.Get<RecordCatalogue>()["Customer"];

        var all = await ReadAsync(scope, type, "size=200");
        var first = await ReadAsync(scope, type, "size=100");
        var second = await ReadAsync(scope, type, $"size=100&after={first.After}");
        var back = await ReadAsync(scope, type, $"size=100&before={second.Before}");

        Assert.Equal((null, null, ListDatabase.Customers), (all.Before, all.After, all.Rows.Count));
        Assert.Equal((null, true), (first.Before, first.After is not null));
        Assert.Equal((true, null, ListDatabase.Customers - 100), (second.Before is not null, second.After, second.Rows.Count));
        Assert.Equal((null, true), (back.Before, back.After is not null));
        Assert.Equal(first.Rows.Select(r => r.Id), back.Rows.Select(r => r.Id));
    }

    [Fact]
    public async Task A_place_stays_right_when_rows_come_and_go_around_it()
    {
        await using var scope = lists.Database.AsSystem();
        var type = scope.Get<RecordCatalogue>()["Customer"];
        var before = await ReadAsync(scope, type, "size=10");
        var following = await ReadAsync(scope, type, $"size=10&after={before.After}");

        var added = await scope.AddAsync(new Customer { Name = "0 before all others" });
        var again = await ReadAsync(scope, type, $"size=10&after={before.After}");
        added.Delete(lists.Database.Clock.Utc, by: 1);
        await scope.SaveAsync();

        Assert.Equal(following.Rows.Select(r => r.Id), again.Rows.Select(r => r.Id));
    }

    private static async Task<List<IReadOnlyList<long>>> WalkAsync(TestScope scope, RecordType type, string query, string from, Func<ListPage, string?> next)
    {
        var pages = new List<IReadOnlyList<long>>();
        for (var place = from; place is not null && pages.Count < 100;)
        {
            var page = await ReadAsync(scope, type, $"{query}&{place}");
            pages.Add([.. page.Rows.Select(r => r.Id)]);
            place = next(page);
        }
        return pages;
    }

    private static async Task<string?> LastPlaceAsync(TestScope scope, RecordType type, string query)
    {
        string? last = null;
        for (var page = await ReadAsync(scope, type, query); page.After is { } after; page = await ReadAsync(scope, type, $"{query}&after={after}"))
            last = after;
        return last;
    }

    private static Task<ListPage> ReadAsync(TestScope scope, RecordType type, string query) =>
        scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery(query)), Ct);

    /// <summary>The ids of all rows there are for the user, but the product itself among the people, sorted by the database, without pages.</summary>
    private sealed class WholeList(TestScope scope, Field sort, bool descending) : IRecordTypeVisitor<Task<IReadOnlyList<long>>>
    {
        public async Task<IReadOnlyList<long>> Visit<T>(RecordType<T> type) where T : Record
        {
            var (rows, key) = (scope.Repository<T>().Query().Where(r => r.Id != User.SystemId), sort.SortBy ?? sort.Value);
            var method = descending ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy);
            var sorted = (IOrderedQueryable<T>)rows.Provider.CreateQuery<T>(Expression.Call(typeof(Queryable), method, [typeof(T), key.ReturnType], rows.Expression, Expression.Quote(key)));
            return await (descending ? sorted.ThenByDescending(r => r.Id) : sorted.ThenBy(r => r.Id)).Select(r => r.Id).ToListAsync(Ct);
        }
    }
}
