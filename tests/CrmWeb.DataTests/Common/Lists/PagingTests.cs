using System.Linq.Expressions;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Access;
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
        var type = scope.Get<RecordCatalogue>()[typeName];
        var wrong = new List<string>();

        foreach (var sort in type.With(FieldUse.Sort))
        {
            foreach (var descending in new[] { false, true })
            {
                var expected = await type.Accept(new WholeList(scope.Db, sort, descending));
                var query = $"sort={sort.Key}&dir={(descending ? "desc" : "asc")}&size={PageSize}";
                var forwards = await WalkAsync(scope, type, query, from: "", page => page.After is { } after ? $"after={after}" : null);
                if (!expected.SequenceEqual(forwards.SelectMany(p => p)))
                    wrong.Add($"{query}: not the whole list in its order");
                var backwards = await WalkAsync(scope, type, query, from: $"after={await LastPlaceAsync(scope, type, query)}", page => page.Before is { } before ? $"before={before}" : null);
                if (!expected.SequenceEqual(Enumerable.Reverse(backwards).SelectMany(p => p)))
                    wrong.Add($"{query}: not the same list from its end");
            }
        }

        Expect.Nothing(wrong);
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

        var added = await scope.AddAsync(new Domain.Customers.Customer { Name = "0 before all others" });
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

    /// <summary>The ids of all rows but the product itself among the people, sorted by the database, without pages.</summary>
    private sealed class WholeList(CrmDb db, Field sort, bool descending) : IRecordTypeVisitor<Task<IReadOnlyList<long>>>
    {
        public async Task<IReadOnlyList<long>> Visit<T>(RecordType<T> type) where T : Record
        {
            var (rows, key) = (db.Set<T>().Where(r => r.DeletedAt == null && r.Id != User.SystemId), sort.SortBy ?? sort.Value);
            var method = descending ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy);
            var sorted = (IOrderedQueryable<T>)rows.Provider.CreateQuery<T>(Expression.Call(typeof(Queryable), method, [typeof(T), key.ReturnType], rows.Expression, Expression.Quote(key)));
            return await (descending ? sorted.ThenByDescending(r => r.Id) : sorted.ThenBy(r => r.Id)).Select(r => r.Id).ToListAsync(Ct);
        }
    }
}
