using System.Text;
using System.Text.Json;
using CrmWeb.DataTests.Automation;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Imports;

/// <summary>An import that cannot be brought to its end says why, and goes on where it can.</summary>
public sealed class FailedImportTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_file_is_said_at_the_first_attempt()
    {
        var id = await PrepareAsync();
        await using (var scope = database.AsSystem())
            await scope.Get<IImportService>().CheckAsync(id, Ct);
        Directory.Delete(database.Files, recursive: true);

        await using (await Worker.StartAsync(database))
            await UntilAsync(id, ImportState.Failed);

        await using var after = database.AsSystem();
        var view = await after.Get<IImportService>().ShowAsync(id, Ct);
        Assert.Equal(("File.Lost", null, false, false), (view.Failure!.Text, view.Failure.Reference, view.HasFile, view.CanGoOn));
        var refused = await Assert.ThrowsAsync<RuleException>(() => after.Get<IImportService>().CheckAsync(id, Ct));
        Assert.Equal("File.Lost", Assert.Single(refused.Broken).Text);
        Assert.Equal(1, (await WorkAsync(after, id)).Attempts);
    }

    [Fact]
    public async Task Of_one_who_was_locked_out_it_is_said_that_nobody_may_do_it()
    {
        var user = await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator);
        long id;
        await using (var scope = await database.AsAsync(user))
        {
            id = await new FileImport(scope).PrepareAsync("Customer", "two.csv", new MemoryStream("name\nHalden\nBergen\n"u8.ToArray()));
            await scope.Get<IImportService>().CheckAsync(id, Ct);
        }
        await using (var scope = database.AsSystem())
        {
            (await scope.Repository<User>().GetAsync(user.Id, RecordAction.Edit, Ct)).Deactivate();
            await scope.SaveAsync();
        }

        await using (await Worker.StartAsync(database))
            await UntilAsync(id, ImportState.Failed);

        await using var after = database.AsSystem();
        Assert.Equal("Work.NoUser", (await after.Get<IImportService>().ShowAsync(id, Ct)).Failure!.Text);
    }

    [Fact]
    public async Task One_that_took_its_process_down_again_and_again_is_not_tried_again_and_its_owner_hears_it()
    {
        var id = await PrepareAsync();
        await using (var scope = database.AsSystem())
        {
            await scope.Get<IImportService>().CheckAsync(id, Ct);
            var over = database.Clock.Utc.AddMinutes(-1);
            await scope.Db.Set<WorkItem>().Where(w => w.SubjectId == id)
                .ExecuteUpdateAsync(s => s.SetProperty(w => w.State, WorkState.Running).SetProperty(w => w.Crashes, WorkItem.MostCrashes - 1).SetProperty(w => w.LeasedUntil, over), Ct);
        }

        await using (await Worker.StartAsync(database))
            await UntilAsync(id, ImportState.Failed);

        await using var after = database.AsSystem();
        Assert.Equal("Work.Crashed", (await after.Get<IImportService>().ShowAsync(id, Ct)).Failure!.Text);
        Assert.Equal(("Crashed", WorkState.Failed), ((await WorkAsync(after, id)).Error, (await WorkAsync(after, id)).State));
    }

    [Fact]
    public async Task What_nobody_expected_has_the_reference_that_the_administrator_sees()
    {
        var id = await PrepareAsync();
        await using (var scope = database.AsSystem())
        {
            await scope.Get<IImportService>().CheckAsync(id, Ct);
            await scope.Db.Set<WorkItem>().Where(w => w.SubjectId == id).ExecuteUpdateAsync(s => s.SetProperty(w => w.Attempts, WorkItem.MostAttempts - 1), Ct);
            await scope.Db.Set<ImportRun>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => r.Format, "no JSON"), Ct); // what the program itself would never write
        }

        await using (await Worker.StartAsync(database))
            await UntilAsync(id, ImportState.Failed);

        await using var after = database.AsSystem();
        var failure = JsonSerializer.Deserialize<WorkFailure>((await after.Db.Set<ImportRun>().SingleAsync(r => r.Id == id, Ct)).Failure!)!;
        Assert.Equal("Work.Unexpected", failure.Text);
        Assert.Equal($"{nameof(JsonException)} {failure.Reference}", (await WorkAsync(after, id)).Error);
        Assert.Equal(8, failure.Reference!.Length);
    }

    [Fact]
    public async Task One_that_failed_between_its_rows_goes_on_behind_the_last_ones()
    {
        await using var own = await TestDatabase.StartAsync();
        await using var scope = own.AsSystem();
        var (import, service) = (new FileImport(scope), scope.Get<IImportService>());
        var text = string.Concat(Enumerable.Range(1, 700).Select(i => $"Halden {i}\n"));
        var id = await import.PrepareAsync("Customer", "many.csv", new MemoryStream(Encoding.UTF8.GetBytes("name\n" + text)));
        await import.RunAsync(id, dryRun: true);
        await Assert.ThrowsAsync<InvalidOperationException>(() => service.RunNowAsync(id, dryRun: false, _ => throw new InvalidOperationException("after a batch"), Ct));
        var failed = await service.ShowAsync(id, Ct);
        Assert.Equal((ImportState.Failed, true, 500), (failed.State, failed.CanGoOn, failed.Progress.Rows));

        await service.RunAsync(id, Ct);
        await using (await Worker.StartAsync(own))
            await UntilAsync(own, id, ImportState.Done);

        Assert.Equal(700, await scope.Db.Set<Customer>().Select(c => c.Name).Distinct().CountAsync(Ct));
        Assert.Equal(700, await scope.Db.Set<Customer>().CountAsync(Ct));
        Assert.Null((await scope.Db.Set<ImportRun>().AsNoTracking().SingleAsync(r => r.Id == id, Ct)).Failure);
    }

    private async Task<long> PrepareAsync()
    {
        await using var scope = database.AsSystem();
        return await new FileImport(scope).PrepareAsync("Customer", "two.csv", new MemoryStream(Encoding.UTF8.GetBytes($"name\nHalden {Guid.NewGuid()}\n")));
    }

    private Task UntilAsync(long id, ImportState wanted) => UntilAsync(database, id, wanted);

    private static async Task UntilAsync(TestDatabase database, long id, ImportState wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await using var scope = database.AsSystem();
        while (await scope.Db.Set<ImportRun>().Where(r => r.Id == id).Select(r => r.State).SingleAsync(Ct) != wanted)
            await Task.Delay(20, patience.Token);
    }

    private static Task<WorkItem> WorkAsync(TestScope scope, long id) => scope.Db.Set<WorkItem>().AsNoTracking().SingleAsync(w => w.SubjectId == id, Ct);
}
