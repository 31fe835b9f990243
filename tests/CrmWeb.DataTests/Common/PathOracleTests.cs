using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.Services.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common;

/// <summary>
/// In random firms with roles, teams, shares and a trash: every way to a record shows a person what a plain reading of his rights allows, nothing more and nothing less.
/// 500 cases over all ways and 5,000 at the repository; with CRMWEB_LONG ten times as many over all ways.
/// </summary>
public sealed class PathOracleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int CasesOfAFirm = 100, QueriesOfAFirm = 1_000;

    private static readonly int Times = Environment.GetEnvironmentVariable("CRMWEB_LONG") == "1" ? 10 : 1;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [21, 22, 23, 24, 25];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_way_to_a_record_agrees_with_the_rights(int seed)
    {
        var firm = new RandomFirm(database, seed);
        await firm.BuildAsync();
        var wrong = new List<string>();

        for (var i = 0; i < QueriesOfAFirm; i++)
            wrong.AddRange(await QueryAsync(firm, i));
        for (var i = 0; i < CasesOfAFirm * Times; i++)
            wrong.AddRange(await WayAsync(firm, i));

        Expect.Nothing(wrong.Select(w => $"seed {seed}: {w}"));
    }

    private async Task<IEnumerable<string>> QueryAsync(RandomFirm firm, int number)
    {
        var (member, action) = (firm.Pick(firm.Members), firm.Pick<RecordAction>([RecordAction.View, RecordAction.Edit, RecordAction.Delete, RecordAction.Export, RecordAction.BulkEdit]));
        await using var scope = await database.AsAsync(member.User);
        return (number % 4) switch
        {
            0 => await QueryAsync<Customer>(scope, firm, member, action),
            1 => await QueryAsync<Contact>(scope, firm, member, action),
            2 => await QueryAsync<Activity>(scope, firm, member, action),
            _ => await QueryAsync<Attachment>(scope, firm, member, action),
        };
    }

    private static async Task<IEnumerable<string>> QueryAsync<T>(TestScope scope, RandomFirm firm, Member member, RecordAction action) where T : Record
    {
        var ids = firm.Records.OfType<T>().Select(r => r.Id).ToList();
        var found = await scope.Repository<T>().Query(action).Where(r => EF.Parameter(ids).Contains(r.Id)).Select(r => r.Id).ToListAsync(Ct);
        return Same($"{member.User.Name} {action} {typeof(T).Name} by query", new Truth<T>(firm, member).Ids(action), found);
    }

    private async Task<IEnumerable<string>> WayAsync(RandomFirm firm, int number)
    {
        var member = firm.Pick(firm.Members);
        await using var scope = await database.AsAsync(member.User);
        return (number % 6) switch
        {
            0 => await WaysOfAListAsync<Customer>(scope, firm, member),
            1 => await WaysOfAListAsync<Contact>(scope, firm, member),
            2 => await WaysOfAListAsync<Activity>(scope, firm, member),
            3 => await PageAsync(scope, firm, member),
            4 => await TimelineAsync(scope, firm, member),
            _ => await AttachmentAsync(scope, firm, member),
        };
    }

    /// <summary>List, count, search, palette, export and bulk.</summary>
    private static async Task<IEnumerable<string>> WaysOfAListAsync<T>(TestScope scope, RandomFirm firm, Member member) where T : Record
    {
        var (truth, type) = (new Truth<T>(firm, member), scope.Get<RecordCatalogue>().Of<T>());
        var (who, query) = ($"{member.User.Name} {type.Name}", ListQuery.Parse(type, [new("size", "200")]));
        var visible = truth.Ids(RecordAction.View);

        var (exported, title) = (new List<string>(), type.Fields.First(f => f.Kind == FieldKind.Title));
        await foreach (var rows in scope.Get<IExportRows>().ReadAsync(type, query, [title], Ct))
            exported.AddRange(rows.Select(r => (string)r[0]!));
        var (all, may) = (firm.Records.OfType<T>().Select(r => r.Title).ToHashSet(StringComparer.Ordinal), visible.Intersect(truth.Ids(RecordAction.Export)).ToHashSet());
        var names = firm.Records.OfType<T>().Where(r => may.Contains(r.Id)).Select(r => r.Title).Order(StringComparer.Ordinal).ToList();
        var batch = await scope.Get<IBulkRows>().NextAsync(type, new Chosen(query, IsAll: true, [], DateTime.MaxValue), RecordAction.Edit, after: 0, size: 10_000, Ct);
        return
        [
            .. Same($"{who} by list", visible, truth.Own(await ListedAsync(scope, type))),
            .. Same($"{who} by search", visible, truth.Own((await scope.Get<ISearchService>().FindAsync(type, "halden", 1_000, Ct)).Select(h => h.Id))),
            .. Same($"{who} by palette", visible, truth.Own((await scope.Get<ISearchService>().FindAsync("halden", 1_000, Ct)).Where(h => h.Type == type).Select(h => h.Id))),
            .. Same($"{who} seen by bulk", visible, truth.Own(batch.Seen)),
            .. Same($"{who} changed by bulk", truth.Ids(RecordAction.Edit).Intersect(truth.Ids(RecordAction.BulkEdit)).Intersect(visible), truth.Own(batch.Mine.Keys)),
            .. (await scope.Get<IListService>().TotalsAsync(type, query, Ct)).Count == await scope.Repository<T>().Query().CountAsync(Ct) ? Array.Empty<string>() : [$"{who}: counted otherwise"],
            .. exported.Where(all.Contains).Order(StringComparer.Ordinal).SequenceEqual(names) ? Array.Empty<string>() : [$"{who}: exported {exported.Count}, not {names.Count}"],
        ];
    }

    private static async Task<IReadOnlyList<long>> ListedAsync<T>(TestScope scope, RecordType<T> type) where T : Record
    {
        var (found, after) = (new List<long>(), (string?)null);
        do
        {
            var page = await scope.Get<IListService>().ReadAsync(type, ListQuery.Parse(type, after is null ? [new("size", "200")] : [new("size", "200"), new("after", after)]), Ct);
            found.AddRange(page.Rows.Select(r => r.Id));
            after = page.After;
        }
        while (after is not null);
        return found;
    }

    private static async Task<IEnumerable<string>> PageAsync(TestScope scope, RandomFirm firm, Member member)
    {
        var (customer, who) = (firm.Pick([.. firm.Customers.Values]), member.User.Name);
        var truth = new Truth<Customer>(firm, member);
        if (await ReachedAsync(() => scope.Get<ICustomerService>().ShowAsync(customer.Id, Ct)) is not { } page)
            return truth.Ids(RecordAction.View).Contains(customer.Id) ? [$"{who}: page of {customer.Id} is missing"] : [];

        return
        [
            .. truth.Ids(RecordAction.View).Contains(customer.Id) ? Array.Empty<string>() : [$"{who}: page of {customer.Id} is shown"],
            .. page.May.Edit == truth.Ids(RecordAction.Edit).Contains(customer.Id) ? Array.Empty<string>() : [$"{who}: page of {customer.Id} offers the wrong steps"],
            .. Same($"{who} people of {customer.Id}", firm.Records.OfType<Contact>().Where(c => c.CustomerId == customer.Id).Select(c => c.Id).Intersect(new Truth<Contact>(firm, member).Ids(RecordAction.View)), page.People.Select(p => p.Id)),
            .. Same($"{who} files of {customer.Id}", firm.Records.OfType<Attachment>().Where(c => c.CustomerId == customer.Id).Select(c => c.Id).Intersect(new Truth<Attachment>(firm, member).Ids(RecordAction.View)), page.Files.Select(f => f.Id)),
        ];
    }

    private static async Task<IEnumerable<string>> TimelineAsync(TestScope scope, RandomFirm firm, Member member)
    {
        var customer = firm.Pick([.. firm.Customers.Values]);
        var page = await ReachedAsync(() => scope.Get<ITimelineService>().OfCustomerAsync(customer.Id, TimelineFilter.Everything, before: null, Ct));
        if (page is null || !new Truth<Customer>(firm, member).Ids(RecordAction.View).Contains(customer.Id))
            return page is null != new Truth<Customer>(firm, member).Ids(RecordAction.View).Contains(customer.Id) ? [] : [$"{member.User.Name}: timeline of {customer.Id}"];

        var shown = firm.Records.Where(r => member.May(r, RecordAction.View, firm.Customers)).Select(r => r.Id).ToHashSet();
        return page.Lines.Where(l => l.SourceType != nameof(Customer) && l.Title is not null != shown.Contains(l.SourceId)).Select(l => $"{member.User.Name}: line of {l.SourceType} {l.SourceId}");
    }

    private static async Task<IEnumerable<string>> AttachmentAsync(TestScope scope, RandomFirm firm, Member member)
    {
        var file = firm.Pick([.. firm.Records.OfType<Attachment>()]);
        var opened = await ReachedAsync(() => scope.Get<IAttachmentService>().OpenAsync(file.Id, number: null, Ct));
        if (opened is not null)
            await opened.Content.DisposeAsync();
        return opened is not null == new Truth<Attachment>(firm, member).Ids(RecordAction.View).Contains(file.Id) ? [] : [$"{member.User.Name}: file {file.Id}"];
    }

    private static async Task<TModel?> ReachedAsync<TModel>(Func<Task<TModel>> read) where TModel : class
    {
        try
        {
            return await read();
        }
        catch (RecordNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Same(string what, IEnumerable<long> expected, IEnumerable<long> found) => expected.ToHashSet() is var right && right.SetEquals(found)
        ? []
        : [$"{what}: {string.Join(",", right.Except(found))} missing, {string.Join(",", found.Except(right))} too many"];

    /// <summary>What one of the firm may do with its records of a type.</summary>
    private sealed record Truth<T>(RandomFirm Firm, Member Member) where T : Record
    {
        public IReadOnlySet<long> Ids(RecordAction action)
        {
            var customers = Firm.Customers;
            return Firm.Records.OfType<T>().Where(r => Member.May(r, action, customers)).Select(r => r.Id).ToHashSet();
        }

        /// <summary>Without those of other firms in the database.</summary>
        public IEnumerable<long> Own(IEnumerable<long> ids) => ids.Intersect(Firm.Records.OfType<T>().Select(r => r.Id));
    }
}
