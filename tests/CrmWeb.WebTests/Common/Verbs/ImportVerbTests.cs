using CrmWeb.Domain.Customers;
using CrmWeb.UnitTests.Common;
using CrmWeb.Web.Common.Verbs;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Common.Verbs;

public sealed class ImportVerbTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_in_by_its_map_and_a_second_time_nothing_is_made()
    {
        await using var app = await CrmApp.StartAsync();
        var map = await WriteAsync(app, "map.json", """{"columns": {"account": "name", "revenue": {"field": "annualRevenue", "factor": 1000000, "format": "en-US"}, "subsidiary_of": "parent"}, "fixed": {"currency": "USD"}}""");

        var dry = await RunAsync(app, "import", "customers", TestData.PathOf("crm-sales/accounts.csv"), "--map", map, "--dry-run");
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Customer>().CountAsync(Ct)));
        var first = await RunAsync(app, "import", "customers", TestData.PathOf("crm-sales/accounts.csv"), "--map", map);
        var again = await RunAsync(app, "import", "customers", TestData.PathOf("crm-sales/accounts.csv"), "--map", map);

        Assert.Equal((0, "Dry run, nothing written. 85 rows: 85 created, 0 updated, 0 skipped, 0 rejected."), dry);
        Assert.Equal((0, "85 rows: 85 created, 0 updated, 0 skipped, 0 rejected."), first);
        Assert.Equal((0, "85 rows: 0 created, 0 updated, 85 skipped, 0 rejected."), again);
        var stored = await app.ReadAsync(db => db.Set<Customer>().ToListAsync(Ct));
        Assert.Equal((169_543_800_000m, 15, "USD"), (stored.Sum(c => c.AnnualRevenue), stored.Count(c => c.ParentId is not null), Assert.Single(stored.Select(c => c.Currency).Distinct())));
    }

    [Fact]
    public async Task The_map_says_what_words_mean_people_by_their_address()
    {
        await using var app = await CrmApp.StartAsync();
        var file = await WriteAsync(app, "firms.csv", "name,grade,owner\nHalden,重点,the boss\nOrsa,?,\n");
        var map = await WriteAsync(app, "map.json", """{"columns": {"name": "name", "grade": {"field": "rating", "values": {"重点": "A", "?": ""}}, "owner": {"field": "owner", "values": {"the boss": "EMAIL"}}}}""".Replace("EMAIL", People.Sales.Email, StringComparison.Ordinal));
        var wrong = await WriteAsync(app, "wrong.json", """{"columns": {"name": "name", "grade": {"field": "rating", "values": {"重点": "Best"}}}}""");

        var (result, said) = await RunAsync(app, "import", "customers", file, "--map", map);
        var refused = await RunAsync(app, "import", "customers", file, "--map", wrong);

        Assert.Equal((0, "2 rows: 2 created, 0 updated, 0 skipped, 0 rejected."), (result, said));
        Assert.Equal([((CustomerRating?)CustomerRating.A, (long?)People.Sales.Id), (null, null)], (await app.ReadAsync(db => db.Set<Customer>().OrderBy(c => c.Id).ToListAsync(Ct))).Select(c => (c.Rating, c.OwnerId)));
        Assert.Equal((1, "What words of column grade mean does not fit its field."), refused);
    }

    [Fact]
    public async Task Rejected_rows_are_written_beside_the_file()
    {
        await using var app = await CrmApp.StartAsync();
        var file = await WriteAsync(app, "firms.csv", "name,employees\nHalden,many\nOrsa,14\n");

        var (result, said) = await RunAsync(app, "import", "customers", file);

        Assert.Equal(1, result);
        Assert.StartsWith("2 rows: 1 created, 0 updated, 0 skipped, 1 rejected.", said, StringComparison.Ordinal);
        var rejects = await File.ReadAllLinesAsync(Path.Combine(app.DataPath, "firms.rejected.csv"), Ct);
        Assert.Equal("name,employees,Line,Reason", rejects[0]);
        Assert.StartsWith("Halden,many,2,", rejects[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_are_recognised_by_what_is_asked_for_alone()
    {
        await using var app = await CrmApp.StartAsync();
        await app.AddAsync(new Customer { Name = "Halden", Email = "info@halden.example" });
        var file = await WriteAsync(app, "firms.csv", "name,email,city\nHalden,other@halden.example,Oslo\nAnother,info@halden.example,Bergen\n");

        var byName = await RunAsync(app, "import", "customers", file, "--match", "name", "--on-match", "fillEmpty", "--dry-run");
        var byEmail = await RunAsync(app, "import", "customers", file, "--match", "email", "--on-match", "fillEmpty");
        var unknown = await RunAsync(app, "import", "customers", file, "--match", "city");

        Assert.Equal("Dry run, nothing written. 2 rows: 1 created, 1 updated, 0 skipped, 0 rejected.", byName.Said);
        Assert.Equal("2 rows: 1 created, 1 updated, 0 skipped, 0 rejected.", byEmail.Said);
        Assert.Equal("Bergen", await app.ReadAsync(db => db.Set<Customer>().Where(c => c.Email == "info@halden.example").Select(c => c.City).SingleAsync(Ct)));
        Assert.Equal(2, unknown.Result);
        Assert.StartsWith("--match takes externalId, taxNumber, email, phone, name for customers, not \"city\".", unknown.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_imported_is_said_and_nothing_happens()
    {
        await using var app = await CrmApp.StartAsync();
        var empty = await WriteAsync(app, "empty.csv", "");

        Assert.Equal((1, "The file is empty."), await RunAsync(app, "import", "customers", empty));
        Assert.Equal(2, (await RunAsync(app, "import", "planets", empty)).Result);
        Assert.Equal(2, (await RunAsync(app, "import", "customers", Path.Combine(app.DataPath, "nothing.csv"))).Result);
        Assert.Equal(2, (await RunAsync(app, "import", "customers", empty, "--speed", "9")).Result);
        Assert.Equal(2, (await RunAsync(app, "import", "customers", empty, "--as", "nobody@x.example")).Result);
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Domain.Common.ImportRun>().CountAsync(Ct)));
    }

    private static async Task<(int Result, string Said)> RunAsync(CrmApp app, params string[] arguments)
    {
        await using var output = new StringWriter();
        var result = await VerbRunner.RunAsync(app.Services, arguments[0], arguments[1..], output, Ct);
        return (result, output.ToString().Trim());
    }

    private static async Task<string> WriteAsync(CrmApp app, string name, string text)
    {
        var path = Path.Combine(app.DataPath, name);
        await File.WriteAllTextAsync(path, text, Ct);
        return path;
    }
}
