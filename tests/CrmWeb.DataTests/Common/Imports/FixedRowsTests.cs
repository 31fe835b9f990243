using System.Globalization;
using System.Text;
using CrmWeb.DataTests.Automation;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>Rejected rows are put right by hand, and an import that was stopped goes on: every row once, none lost.</summary>
public sealed class FixedRowsTests : IAsyncLifetime
{
    private const string File = "name,employees,parent\nOne,1,\nTwo,many,Group\nThree,none,\n,4,\nGroup,5,\n";

    private TestDatabase database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task A_row_put_right_is_checked_and_goes_in_as_it_was_put_right()
    {
        await using var scope = database.AsSystem();
        var (import, service) = (new FileImport(scope), scope.Get<IImportService>());
        var id = await import.PrepareAsync("Customer", "firms.csv", Stream(File));
        Assert.Equal((2, 0, 0, 3), FileImport.Counts(await import.RunAsync(id, dryRun: true)));
        var before = await service.ToFixAsync(id, 0, 20, Ct);

        await service.FixAsync(id, [new(3, new Dictionary<int, string> { [1] = "2" }), new(5, new Dictionary<int, string> { [0] = "Four" }), new(2, new Dictionary<int, string> { [0] = "Not rejected" })], Ct);
        var check = FileImport.Counts(await import.RunAsync(id, dryRun: true));
        var left = await service.ToFixAsync(id, 0, 20, Ct);
        var run = FileImport.Counts(await import.RunAsync(id, dryRun: false));

        Assert.Equal([(3, "Two|many|Group"), (4, "Three|none|"), (5, "|4|")], before.Select(r => (r.Line, string.Join('|', r.Cells))));
        Assert.Equal(((4, 0, 0, 1), (4, 0, 0, 1)), (check, run));
        Assert.Equal([4], left.Select(r => r.Line));
        var stored = await StoredAsync();
        Assert.Equal([("Four", 4), ("Group", 5), ("One", 1), ("Two", 2)], stored.Select(c => (c.Name, c.Employees!.Value)));
        Assert.Equal(stored[1].Id, stored[3].ParentId);
    }

    [Fact]
    public async Task One_put_right_after_the_run_goes_in_alone_and_belongs_to_the_same_import()
    {
        var ana = await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator);
        long id;
        await using (var scope = await database.AsAsync(ana))
        {
            var (import, service) = (new FileImport(scope), scope.Get<IImportService>());
            id = await import.PrepareAsync("Customer", "firms.csv", Stream(File));
            await import.RunAsync(id, dryRun: false);
            var nothing = await Assert.ThrowsAsync<RuleException>(() => service.RunAsync(id, Ct));
            Assert.Equal("Import.NeedsCheck", nothing.Broken[0].Text);

            await service.FixAsync(id, [new(3, new Dictionary<int, string> { [1] = "2" }), new(4, new Dictionary<int, string> { [1] = "still none" })], Ct);
            await service.RunAsync(id, Ct);
        }
        await using (await Worker.StartAsync(database))
            await UntilAsync(id, (state, _) => state == ImportState.Done);

        await using var after = database.AsSystem();
        var progress = await after.Db.Set<ImportProgress>().SingleAsync(p => p.ImportRunId == id, Ct);
        Assert.Equal((5, (3, 0, 0, 2)), (progress.Rows, FileImport.Counts(progress)));
        var stored = await StoredAsync();
        Assert.Equal(["Group", "One", "Two"], stored.Select(c => c.Name));
        Assert.Equal(stored[0].Id, stored[2].ParentId);
        Assert.Equal(5, await after.Db.Set<ImportRow>().CountAsync(r => r.ImportRunId == id, Ct));
        await using var mine = await database.AsAsync(ana);
        Assert.Equal(3, (await mine.Get<IBulkRuns>().ShowAsync((await mine.Get<IUndoService>().UndoAsync(id, Ct)).RunId!.Value, Ct)).Progress.Changed);
    }

    [Fact]
    public async Task Another_way_of_reading_forgets_what_was_put_right_and_others_may_not_put_right()
    {
        var sam = await database.AddUserAsync("Sam", team: null, BuiltInRoles.Sales);
        await using var scope = database.AsSystem();
        var (import, service) = (new FileImport(scope), scope.Get<IImportService>());
        var id = await import.PrepareAsync("Customer", "firms.csv", Stream(File));
        await import.RunAsync(id, dryRun: true);
        await service.FixAsync(id, [new(3, new Dictionary<int, string> { [1] = "2" })], Ct);

        var view = await service.ShowAsync(id, Ct);
        await service.SetFormatAsync(id, view.Format with { EmptyWord = "none" }, matched: null, Ct);

        Assert.Equal((3, 0, 0, 2), FileImport.Counts(await import.RunAsync(id, dryRun: true)));
        await using var other = await database.AsAsync(sam);
        await Assert.ThrowsAsync<RecordNotFoundException>(() => other.Get<IImportService>().FixAsync(id, [new(3, new Dictionary<int, string> { [1] = "2" })], Ct));
    }

    [Fact]
    public async Task One_that_was_stopped_keeps_what_is_in_hands_out_the_rest_and_goes_on()
    {
        const int Rows = 12_000;
        var text = new StringBuilder("name,employees\n");
        for (var i = 1; i <= Rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"Halden {i},{(i % 1_000 == 0 ? "many" : i)}\n");
        long id;
        await using (var scope = database.AsSystem())
        {
            var import = new FileImport(scope);
            id = await import.PrepareAsync("Customer", "many.csv", Stream(text.ToString()));
            await import.RunAsync(id, dryRun: true);
            await scope.Get<IImportService>().RunAsync(id, Ct);
        }
        await using (await Worker.StartAsync(database))
        {
            await UntilAsync(id, (_, p) => p is { IsDryRun: false, Rows: > 0 });
            await using var scope = database.AsSystem();
            await scope.Get<IImportService>().StopAsync(id, Ct);
        }

        await using var after = database.AsSystem();
        var service = after.Get<IImportService>();
        var stopped = await service.ShowAsync(id, Ct);
        await using var rest = new StringWriter();
        await service.WriteRejectedAsync(id, rest, Ct);
        await service.RunAsync(id, Ct);
        await using (await Worker.StartAsync(database))
            await UntilAsync(id, (state, _) => state == ImportState.Done);

        Assert.Equal((ImportState.Stopped, true), (stopped.State, stopped.CanGoOn));
        Assert.InRange(stopped.Progress.Rows, 500, Rows - 500);
        Assert.Equal(Rows - stopped.Progress.Rows + stopped.Progress.Rejected, rest.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1);
        Assert.Contains($"Halden {Rows - 1},{Rows - 1},{Rows},The import was stopped before this row.", rest.ToString(), StringComparison.Ordinal);
        Assert.Equal(Rows - 12, await after.Db.Set<Customer>().Select(c => c.Name).Distinct().CountAsync(Ct));
        Assert.Equal(Rows - 12, await after.Db.Set<Customer>().CountAsync(Ct));
        Assert.Equal(Rows, await after.Db.Set<ImportRow>().CountAsync(r => r.ImportRunId == id, Ct));
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<List<Customer>> StoredAsync()
    {
        await using var scope = database.AsSystem();
        return await scope.Db.Set<Customer>().OrderBy(c => c.Name).ToListAsync(Ct);
    }

    private async Task UntilAsync(long id, Func<ImportState, ImportProgress, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await using var scope = database.AsSystem();
        while (!reached(await scope.Db.Set<ImportRun>().Where(r => r.Id == id).Select(r => r.State).SingleAsync(Ct), await scope.Db.Set<ImportProgress>().AsNoTracking().SingleAsync(p => p.ImportRunId == id, Ct)))
            await Task.Delay(10, patience.Token);
    }
}
