using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common;

/// <summary>In random firms every way to records shows a user exactly what a plain reading of his rights allows.</summary>
public sealed class ScopeOracleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int CasesOfAFirm = 100;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Query_list_count_search_and_single_reads_agree_with_the_rights(int seed)
    {
        var firm = new RandomFirm(database, seed);
        await firm.BuildAsync();
        var (wrong, some) = (new List<string>(), 0);

        for (var i = 0; i < CasesOfAFirm; i++)
        {
            var (member, action) = (firm.Pick(firm.Members), firm.Pick<RecordAction>([RecordAction.View, RecordAction.Edit, RecordAction.Delete]));
            await using var scope = await database.AsAsync(member.User);
            var found = (i % 3) switch
            {
                0 => await CompareAsync<Customer>(scope, firm, member, action),
                1 => await CompareAsync<Contact>(scope, firm, member, action),
                _ => await CompareAsync<Activity>(scope, firm, member, action),
            };
            some += found.Visible > 0 ? 1 : 0;
            wrong.AddRange(found.Wrong);
        }

        Expect.Nothing(wrong);
        Assert.InRange(some, CasesOfAFirm / 5, CasesOfAFirm);
    }

    private static async Task<(IReadOnlyList<string> Wrong, int Visible)> CompareAsync<T>(TestScope scope, RandomFirm firm, Member member, RecordAction action) where T : Record
    {
        var (customers, own) = (firm.Customers, firm.Records.OfType<T>().ToList());
        var (type, what, wrong) = (scope.Get<RecordCatalogue>().Of<T>(), $"{member.User.Name} {action} {typeof(T).Name} {member.ScopeOf(own[0], action)}", new List<string>());
        var (allowed, visible) = (Ids(action), Ids(RecordAction.View));
        var ids = own.Select(r => r.Id).ToList();

        Same("query", allowed, await scope.Repository<T>().Query(action).Where(r => ids.Contains(r.Id)).Select(r => r.Id).ToListAsync(Ct));
        Same("list", visible, (await scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, [new("size", "200")]), Ct)).Rows.Select(r => r.Id).Intersect(ids));
        Same("search", visible, (await scope.Get<ISearchService>().FindAsync(type, "halden", 500, Ct)).Select(h => h.Id).Intersect(ids));
        var count = (await scope.Get<IListService>().TotalsAsync(type, ListQuery.Parse(type, []), Ct)).Count;
        if (count != await scope.Repository<T>().Query().CountAsync(Ct))
            wrong.Add($"{what}: counted {count}");
        foreach (var record in own.Where((_, n) => n % 7 == 0))
        {
            var expected = allowed.Contains(record.Id) ? "read" : visible.Contains(record.Id) && action != RecordAction.View ? nameof(AccessDeniedException) : nameof(RecordNotFoundException);
            if (await AnswerAsync(scope.Repository<T>(), record.Id, action) is var answer && answer != expected)
                wrong.Add($"{what} {record.Id}: {answer}, not {expected}");
        }
        return (wrong, visible.Count);

        HashSet<long> Ids(RecordAction asked) => [.. own.Where(r => member.May(r, asked, customers)).Select(r => r.Id)];

        void Same(string way, IEnumerable<long> expected, IEnumerable<long> found)
        {
            if (expected.ToHashSet() is var right && !right.SetEquals(found))
                wrong.Add($"{what} by {way}: {string.Join(",", right.Except(found))} missing, {string.Join(",", found.Except(right))} too many");
        }
    }

    private static async Task<string> AnswerAsync<T>(IRepository<T> records, long id, RecordAction action) where T : Record
    {
        try
        {
            return await records.ReadAsync(id, action, r => r.Id, Ct) == id ? "read" : "another record";
        }
        catch (Exception refused) when (refused is RecordNotFoundException or AccessDeniedException)
        {
            return refused.GetType().Name;
        }
    }
}
