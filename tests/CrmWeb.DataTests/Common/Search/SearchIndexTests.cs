using CrmWeb.Data.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.DataTests.Common;

/// <summary>The search index of the embedded database follows its rows, and is brought into shape at night.</summary>
public sealed class SearchIndexTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_night_joins_the_pieces_that_saves_have_left_and_the_same_is_found()
    {
        Assert.SkipUnless(database.IsSqlite, "SQL Server has no index of ours.");
        await using var scope = database.AsSystem();
        var customers = scope.Get<IRecordService<Customer>>();
        var ids = new List<long>();
        for (var i = 0; i < 11; i++)
            ids.Add(await customers.CreateAsync(new() { ["name"] = $"Pelagos Number {i}" }, Ct));
        var shown = await customers.OpenAsync(ids[4], RecordAction.Edit, Ct);
        await customers.EditAsync(ids[4], new() { ["name"] = "Renamed since" }, shown.Version, Ct);
        var (pieces, found) = (await PiecesAsync(scope.Db), await FindAsync(scope, "elagos"));

        await scope.Get<IEnumerable<IScheduledJob>>().Single(j => j.Name == "tidy").RunAsync(Ct);

        Assert.True(pieces > 2, $"{pieces} pieces before");
        Assert.InRange(await PiecesAsync(scope.Db), 1, 2);
        Assert.Equal(found, await FindAsync(scope, "elagos"));
        Assert.Equal(ids.Where(id => id != ids[4]).Order(), found.Order());
        Assert.Equal([ids[4]], await FindAsync(scope, "named si"));
    }

    [Fact]
    public async Task Newest_stand_first_and_other_types_take_no_place_of_theirs()
    {
        await using var scope = database.AsSystem();
        var customer = await scope.Get<IRecordService<Customer>>().CreateAsync(new() { ["name"] = "Vintergatan Optik" }, Ct);
        var contacts = scope.Get<IRecordService<Contact>>();
        var ids = new List<long>();
        for (var i = 0; i < 12; i++)
            ids.Add(await contacts.CreateAsync(new() { ["familyName"] = $"af Vintergatan {i}", ["customer"] = customer }, Ct));

        var all = await scope.Get<ISearchService>().FindAsync("ntergat", 8, Ct);

        Assert.Equal([customer], all.Where(h => h.Type.Name == "Customer").Select(h => h.Id));
        Assert.Equal(ids.AsEnumerable().Reverse().Take(8), all.Where(h => h.Type.Name == "Contact").Select(h => h.Id));
    }

    [Fact]
    public async Task Every_searched_type_has_a_place_of_its_own_and_what_keeps_its_entries_up()
    {
        Assert.SkipUnless(database.IsSqlite, "SQL Server has no index of ours.");
        await using var scope = database.AsSystem();
        var searched = scope.Db.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(ISearchable))).ToList();

        Assert.All(searched, t => Assert.NotEqual(0, t.SearchPlace));
        Assert.Equal(searched.Count, searched.Select(t => t.SearchPlace).Distinct().Count());
        var triggers = await scope.Db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_schema WHERE type = 'trigger'").ToListAsync(Ct);
        Assert.Equal(searched.Select(t => t.GetTableName()).SelectMany(t => (string[])[$"{t}_SearchAdd", $"{t}_SearchChange", $"{t}_SearchRemove"]).Order(), triggers.Order());
    }

    private static async Task<List<long>> FindAsync(TestScope scope, string text) =>
        [.. (await scope.Get<ISearchService>().FindAsync(scope.Get<RecordCatalogue>().Of<Customer>(), text, 50, Ct)).Select(h => h.Id)];

    // A piece is a segment: the upper bits of the ids of its pages.
    private static Task<int> PiecesAsync(CrmDb db) => db.Database.SqlQueryRaw<int>("SELECT count(DISTINCT id >> 37) AS Value FROM SearchIndex_data WHERE id > 10").SingleAsync(Ct);
}
