using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.DataTests.Common.Lists;

/// <summary>Whatever stands in the address of a list: it is a list, or a sentence about what is wrong.</summary>
public sealed class ListFuzzTests(ListDatabase lists) : IClassFixture<ListDatabase>
{
    private const int Cases = 2_000;

    private static readonly string[] Values =
    [
        "", " ", "0", "-1", "1", "true", "false", "me", "null", "today", "-14d", "-99999999d", "36500", "99999", "thisMonth", "2026-02-30", "2026-03-02", "0001-01-01", "9999-12-31", "1..5", "..", "5..", "..5", "a..b",
        "2026-01-01..2026-02-01", "today..", "9223372036854775807", "9223372036854775808", "79228162514264337593543950335", "-79228162514264337593543950336", "1e308", "1,5", "٣", "NaN",
        "' OR 1=1 --", "\"", "\\", "%", "_", "[", "*", "?", "(", "NEAR(a b)", "a\" OR \"b", "\0", "a\0b", "\u0001", "\ud800", "\udfff\ud800", "\ufeff", "é", "仪", "仪器", "😀", "İ", "ß", "Active", "active", "3", "A", "Lost,Active",
        "EndCustomer, Partner", "name", "createdAt", "desc", "name,city", "name,,city", "password", "SearchKey", "owner.name", new('x', 200), new('x', 201), new('仪', 200), new('9', 200),
    ];

    private static readonly string[] Keys = ["view", "q", "sort", "dir", "after", "before", "size", "cols", "layout", "f.", "g1.", "g0.", "g100.", "g-1.", "f", "f.name", "f..", "f.name.is.not", "g1", "utm"];

    private static readonly string[] Tokens =
    [
        "x", "=", "W10", "bnVsbA", "WzEsMl0", "W251bGwsbnVsbF0", "e30", "////", "W10=", PageToken.Of(null, 0), PageToken.Of("", 1), PageToken.Of("x", long.MaxValue), PageToken.Of("2026-03-02", 5), PageToken.Of("Lost", 5),
        PageToken.Of("3", 5), PageToken.Of("99", 5), PageToken.Of("1e999", 5), PageToken.Of("\0", 5), PageToken.Of("9999-12-31T23:59:59.9999999Z", 5), PageToken.Of("0001-01-01T00:00:00+14:00", 5), PageToken.Of("79228162514264337593543950335", 5),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_query_string_is_answered_or_refused_with_a_rule(int seed)
    {
        var (random, wrong, answered, refused) = (new Random(seed), new List<string>(), 0, 0);
        await using var scope = lists.Database.AsSystem();
        var types = scope.Get<RecordCatalogue>().Types.ToList();

        for (var i = 0; i < Cases / 2; i++)
        {
            var type = types[random.Next(types.Count)];
            var pairs = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pair(random, type)).ToList();
            try
            {
                var query = ListQuery.Parse(type, pairs);
                await scope.Get<IListService>().ReadAsync(type, query, TestContext.Current.CancellationToken);
                await scope.Get<IListService>().TotalsAsync(type, query, TestContext.Current.CancellationToken);
                answered++;
            }
            catch (RuleException)
            {
                refused++;
            }
            catch (Exception failed)
            {
                wrong.Add($"{type.Name}?{string.Join('&', pairs.Select(p => $"{p.Key}={p.Value}"))}: {failed.GetType().Name} {failed.Message.Split('\n')[0]} {failed.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("CrmWeb", StringComparison.Ordinal))}");
            }
        }

        Expect.Nothing(wrong);
        Assert.True(answered > 50 && refused > 50, $"{answered} answered, {refused} refused: the strings are too good or too bad");
    }

    [Fact]
    public async Task Any_text_can_be_searched_for()
    {
        await using var scope = lists.Database.AsSystem();
        var (random, wrong) = (new Random(3), new List<string>());

        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Values[random.Next(Values.Length)] + (random.Next(2) == 0 ? " " : "")));
            try
            {
                await scope.Get<ISearchService>().FindAsync(text, 8, TestContext.Current.CancellationToken);
            }
            catch (Exception failed)
            {
                wrong.Add($"{text}: {failed.GetType().Name} {failed.Message}");
            }
        }

        Expect.Nothing(wrong);
    }

    private static KeyValuePair<string, string> Pair(Random random, RecordType type)
    {
        var field = type.Fields.ElementAt(random.Next(type.Fields.Count));
        var sortable = type.With(FieldUse.Sort).ToList();
        var operators = FilterOperators.Of(field.Kind);
        var value = random.Next(3) == 0 ? TSql.Samples.Text(field) : Values[random.Next(Values.Length)];
        return random.Next(10) switch
        {
            < 4 => new($"f.{field.Key}.{operators[random.Next(operators.Count)]}", value),
            4 => new($"g{random.Next(1, 3)}.{field.Key}.{operators[random.Next(operators.Count)].ToString().ToLowerInvariant()}", value),
            5 => new($"f.{field.Key}.{Enum.GetValues<FilterOperator>()[random.Next(13)]}", value),
            6 => new("sort", sortable[random.Next(sortable.Count)].Key),
            7 => new(random.Next(2) == 0 ? "after" : "before", Tokens[random.Next(Tokens.Length)]),
            8 => new("q", value),
            _ => new(Keys[random.Next(Keys.Length)], value),
        };
    }
}
