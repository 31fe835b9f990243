using System.Text.Json;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Common.Imports;

/// <summary>The page of an import that failed: why, what is in, what to do.</summary>
public sealed class FailedImportTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_expected_is_said_with_its_reference_and_the_rest_can_be_gone_on_with()
    {
        var run = await AddAsync("name\nHalden\n", new("Work.Unexpected", [], "K7RTPW2X", IsFinal: false), rows: 1_500);

        var page = await (await app.AsAsync(People.Admin)).OpenAsync($"/imports/{run.Id}/result");

        var said = page.Document.QuerySelector("#progress [role=alert]")!.TextContent;
        Assert.Contains("Something unexpected happened on the server.", said, StringComparison.Ordinal);
        Assert.Contains("Reference: K7RTPW2X.", said, StringComparison.Ordinal);
        Assert.Contains("Rows done until then: 1,500. What is in stays in.", said, StringComparison.Ordinal);
        Assert.True(page.Has($"form[action='/imports/{run.Id}/run']"));
    }

    [Fact]
    public async Task A_rule_is_said_in_the_readers_language()
    {
        var run = await AddAsync("name\nHalden\n", new("Import.File.RowTooLong", ["812", "1000000"]), rows: 500);
        await using var own = await CrmApp.StartAsync();
        var browser = await own.AsAsync(People.Admin);
        await (await browser.OpenAsync("/account")).SubmitAsync("main form[action='/account']", ("Language", "zh-Hans"));
        var other = await AddAsync(own, "name\nHalden\n", new("Import.File.RowTooLong", ["812", "1000000"]), rows: 500);

        var english = await (await app.AsAsync(People.Admin)).OpenAsync($"/imports/{run.Id}/result");
        var chinese = await browser.OpenAsync($"/imports/{other.Id}/result");

        Assert.Contains("The row that begins in line 812", english.Text, StringComparison.Ordinal);
        Assert.Contains("从第 812 行", chinese.Text, StringComparison.Ordinal);
        Assert.Contains("此前已处理 500 行", chinese.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_file_only_a_new_import_is_offered()
    {
        var run = await AddAsync(content: null, new("File.Lost", []), rows: 0);
        var browser = await app.AsAsync(People.Admin);

        var page = await browser.OpenAsync($"/imports/{run.Id}/result");
        var match = await browser.OpenAsync($"/imports/{run.Id}/match");

        Assert.Contains("The file is no longer in the store.", page.Text, StringComparison.Ordinal);
        Assert.True(page.Has("a[href='/imports/new?type=Customer']"));
        Assert.False(page.Has($".form-foot form, .form-foot a[href='/imports/{run.Id}/match']"));
        Assert.Equal($"/imports/{run.Id}/check", match.Location);
    }

    private Task<ImportRun> AddAsync(string? content, WorkFailure failure, int rows) => AddAsync(app, content, failure, rows);

    /// <summary>A run that failed with rows on their way in.</summary>
    private static Task<ImportRun> AddAsync(CrmApp app, string? content, WorkFailure failure, int rows) => app.DoAsync(async services =>
    {
        var hash = new string('0', 64);
        if (content is not null)
        {
            using var file = await services.GetRequiredService<IFileStore>().ReceiveAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)), 1_000, Ct);
            file.Keep();
            hash = file.Hash;
        }
        var run = new ImportRun { RecordType = "Customer", FileName = "firms.csv", FileHash = hash, Format = JsonSerializer.Serialize(new TableFormat("utf-8", Delimiter: ',', HasHeader: true)), Columns = [new(0, "name", "name")] };
        run.Assign(People.Admin.Id, teamId: null);
        run.StartCheck();
        run.Finish(ImportState.Checked);
        run.StartRun();
        run.Fail(JsonSerializer.Serialize(failure));
        var runs = services.GetRequiredService<IRepository<ImportRun>>();
        runs.Add(run);
        runs.AddPart(new ImportProgress(run.Id) { IsDryRun = false, Rows = rows, Created = rows });
        await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
        return run;
    });
}
