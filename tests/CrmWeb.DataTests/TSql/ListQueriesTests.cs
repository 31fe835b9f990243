using CrmWeb.DataTests.Common;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.TSql;

/// <summary>Every list, filtered and sorted in every way the catalogue allows, is T-SQL.</summary>
public sealed class ListQueriesTests(ServerlessProduct product) : IClassFixture<ServerlessProduct>
{
    [Fact]
    public async Task Every_filter_of_every_list()
    {
        await using var work = product.As(Scope.Team);

        foreach (var type in product.Catalogue.Types)
        {
            foreach (var (key, value) in type.With(FieldUse.Filter).SelectMany(f => Conditions(f)))
            {
                await ReadAsync(work, type, [new($"f.{key}", value)]);
                await ReadAsync(work, type, [new($"f.{key}", value), new($"f.{key}", value), new($"g1.{key}", value), new($"g1.{type.Columns[0]}.has", "x")]);
            }
        }

        var sent = product.Server.Take();
        Assert.True(sent.Count > 500, "hardly any filter was sent");
        Expect.Nothing(sent.SelectMany(TSqlFaults.In));
    }

    [Fact]
    public async Task Every_order_of_every_list_both_ways_from_every_place()
    {
        await using var work = product.As(Scope.Team);

        foreach (var type in product.Catalogue.Types)
        {
            foreach (var sort in type.With(FieldUse.Sort))
            {
                foreach (var place in new[] { "", $"after={PageToken.Of(Samples.Text(sort), 7)}", $"before={PageToken.Of(Samples.Text(sort), 7)}", $"after={PageToken.Of(null, 7)}", $"before={PageToken.Of(null, 7)}" })
                {
                    foreach (var direction in new[] { "asc", "desc" })
                        await ReadAsync(work, type, ListQuery.ReadQuery($"sort={sort.Key}&dir={direction}&{place}"), mayRefuse: place.Length > 0);
                }
            }
        }

        var sent = product.Server.Take();
        Assert.True(sent.Count > 200, "hardly any order was sent");
        Expect.Nothing(sent.SelectMany(TSqlFaults.In));
    }

    [Fact]
    public async Task Every_column_view_text_and_total_of_every_list()
    {
        await using var work = product.As(Scope.Subtree);

        foreach (var type in product.Catalogue.Types)
        {
            foreach (var columns in type.With(FieldUse.List).Select(f => f.Key).Chunk(30))
                await ReadAsync(work, type, [new("cols", string.Join(',', columns))]);
            foreach (var view in type.Views)
                await ReadAsync(work, type, [new("view", view.Key)]);
            foreach (var text in new[] { "hald", "h", "ha", "仪", "仪器", "031 555", "halden robotics ab" })
                await ReadAsync(work, type, [new("q", text)]);
            await ReadAsync(work, type, [new("q", "hald"), new("after", PageToken.Of("7", 7))]);
        }

        Expect.Nothing(product.Server.Take().SelectMany(TSqlFaults.In));
    }

    private static IEnumerable<KeyValuePair<string, string>> Conditions(Field field)
    {
        foreach (var op in FilterOperators.Of(field.Kind))
        {
            foreach (var value in Values(field, op))
                yield return new($"{field.Key}.{op}", value);
        }
    }

    private static string[] Values(Field field, FilterOperator op) => (field.Kind, op) switch
    {
        (_, FilterOperator.Empty) => ["true", "false"],
        (_, FilterOperator.Last or FilterOperator.Next) => ["30"],
        (_, FilterOperator.In) => [.. Periods.Words],
        (FieldKind.Day or FieldKind.Moment, FilterOperator.Between) => ["2026-01-01..today"],
        (FieldKind.Day or FieldKind.Moment, _) => ["-14d", "2026-03-01", .. Periods.Words],
        (_, FilterOperator.Between) => [$"{Samples.Text(field)}..{Samples.Text(field)}"],
        (FieldKind.Reference, _) => ["me", "8"],
        _ => [Samples.Text(field)],
    };

    private static async Task ReadAsync(TestScope work, RecordType type, IEnumerable<KeyValuePair<string, string>> pairs, bool mayRefuse = false)
    {
        try
        {
            var query = ListQuery.Parse(type, pairs);
            await work.Get<IListService>().ReadAsync(type, query, TestContext.Current.CancellationToken);
            await work.Get<IListService>().TotalsAsync(type, query, TestContext.Current.CancellationToken);
        }
        catch (RuleException) when (mayRefuse)
        {
            // a doubled value or an empty place need not be one of this field
        }
    }
}
