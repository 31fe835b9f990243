using System.Data.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmWeb.DataTests.Common.Lists;

/// <summary>A page of a list is read from an index in the list's order: nothing gathers all rows to sort them, however many there are.</summary>
public sealed class SortPlanTests(ListDatabase lists) : IClassFixture<ListDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Customer")]
    [InlineData("Contact")]
    [InlineData("Activity")]
    [InlineData("Attachment")]
    [InlineData("User")]
    [InlineData("Team")]
    public async Task Every_order_walks_an_index(string typeName)
    {
        await using var plans = new Plans(lists.Database);

        foreach (var sort in plans.Catalogue[typeName].With(FieldUse.Sort))
        {
            foreach (var way in new[] { "asc", "desc" })
                await plans.ReadAsync(typeName, $"sort={sort.Key}&dir={way}");
        }

        Expect.Nothing(plans.Sorting);
    }

    [Theory]
    [InlineData("sort=lastTouch&dir=desc&f.lifecycle.is=AtRisk")]
    [InlineData("sort=lastTouch&dir=desc&f.country.is=DE&f.rating.is=A&f.lastTouch.lt=2026-02-01")]
    [InlineData("sort=annualRevenue&dir=desc&f.lifecycle.is=Lost&f.openPromises.ge=1")]
    [InlineData("sort=name&f.lastTouch.lt=2026-02-01")]
    [InlineData("sort=name&f.lifecycle.is=AtRisk&f.lifecycle.is=Lost&f.country.not=DE&f.employees.gt=10")]
    public async Task Conditions_that_many_meet_leave_the_order_to_its_index(string query)
    {
        await using var plans = new Plans(lists.Database);

        await plans.ReadAsync("Customer", query);

        Expect.Nothing(plans.Sorting);
    }

    [Theory]
    [InlineData("sort=name&f.owner.is=me", "OwnerId")]
    [InlineData("sort=lastTouch&f.city.is=Ghent", "City")]
    [InlineData("sort=lastTouch&dir=desc&f.lastTouch.lt=2026-02-01", "LastTouchAt")]
    public async Task What_few_meet_is_found_by_its_own_index(string query, string way)
    {
        await using var plans = new Plans(lists.Database);

        await plans.ReadAsync("Customer", query);

        Assert.All(plans.All, p => Assert.Contains(way, p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Counting_what_a_bulk_edit_is_for_reads_the_rows_and_not_the_index_of_their_days()
    {
        await using var plans = new Plans(lists.Database);
        var type = plans.Catalogue["Customer"];
        var all = new Chosen(ListQuery.Parse(type, ListQuery.ReadQuery("f.lifecycle.is=AtRisk")), IsAll: true, [], lists.Database.Clock.Utc);

        await plans.ExplainAsync("count", scope => scope.Get<IBulkRows>().CountAsync(type, all, RecordAction.Edit, Ct));

        Assert.NotEmpty(plans.All);
        Assert.All(plans.All, p => Assert.DoesNotContain("CreatedAt", p, StringComparison.Ordinal));
    }

    /// <summary>How SQLite goes about the pages that are read.</summary>
    private sealed class Plans : IAsyncDisposable
    {
        private readonly TestDatabase database;
        private readonly Commands sent = new();
        private readonly TestScope scope;

        public Plans(TestDatabase database)
        {
            Assert.SkipUnless(database.IsSqlite, "It is about SQLite.");
            this.database = database;
            scope = database.AsSystem(database.Another(options => options.AddInterceptors(sent)));
        }

        public RecordCatalogue Catalogue => scope.Get<RecordCatalogue>();

        public List<string> All { get; } = [];

        public IEnumerable<string> Sorting => All.Where(p => p.Contains("ORDER BY", StringComparison.Ordinal));

        /// <summary>The first page and the one after it.</summary>
        public async Task ReadAsync(string typeName, string query)
        {
            var type = Catalogue[typeName];
            await ExplainAsync(query, async scope =>
            {
                var list = scope.Get<IListService>();
                var page = await list.ReadAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery($"{query}&size=3")), Ct);
                if (page.After is { } after)
                    await list.ReadAsync(type, ListQuery.Parse(type, ListQuery.ReadQuery($"{query}&size=3&after={after}")), Ct);
            });
        }

        public async Task ExplainAsync(string what, Func<TestScope, Task> act)
        {
            sent.All.Clear();
            await act(scope);

            await using var db = new SqliteConnection($"Data Source={database.File}");
            await db.OpenAsync(Ct);
            foreach (var (text, values) in sent.All)
            {
                await using var explain = db.CreateCommand();
                explain.CommandText = $"EXPLAIN QUERY PLAN {text}";
                foreach (var (name, value) in values)
                    explain.Parameters.AddWithValue(name, value);
                var steps = new List<string>();
                await using var reader = await explain.ExecuteReaderAsync(Ct);
                while (await reader.ReadAsync(Ct))
                    steps.Add(reader.GetString(3));
                All.Add($"{what}: {string.Join("; ", steps)}");
            }
        }

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }

    private sealed class Commands : DbCommandInterceptor
    {
        public List<(string Text, IReadOnlyList<(string Name, object Value)> Values)> All { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            All.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value!))]));
            return ValueTask.FromResult(result);
        }
    }
}
