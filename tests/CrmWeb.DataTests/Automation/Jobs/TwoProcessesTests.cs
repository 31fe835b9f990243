using System.Globalization;
using System.Text;
using CrmWeb.DataTests.Common;
using CrmWeb.DataTests.Common.Bulk;
using CrmWeb.DataTests.Common.Imports;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common.Kills;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Automation;

/// <summary>Two processes on one database share the work between them: each row, mail and run is done by one of them.</summary>
public sealed class TwoProcessesTests
{
    private const int Customers = 1_000, Mails = 30, Rows = 1_500;
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mails_jobs_runs_over_many_and_imports_are_done_once()
    {
        await using var database = await TestDatabase.StartAsync();
        Assert.SkipUnless(database.IsSqlite, "The processes are given a file.");
        database.Clock.Now = DateTimeOffset.UtcNow; // they have the real time
        await using var sink = new MailSink();
        await PromiseMailsAsync(database);
        long[] imports = [await ImportAsync(database, "first"), await ImportAsync(database, "second")];
        long[] runs = [await ChangeAllAsync(database, "Timber"), await ChangeAllAsync(database, "Steel"), await ChangeAllAsync(database, "Glass")];
        await AskForJobsAsync(database);

        await using (var one = new OtherProcess(database, sink.Settings))
        await using (var two = new OtherProcess(database, sink.Settings))
        {
            await UntilDoneAsync(database);
            await one.EndAsync();
            await two.EndAsync();
        }

        await using var scope = database.AsSystem();
        Assert.Equal(Mails, sink.Taken.Count);
        Assert.Equal(Mails, sink.Taken.Select(m => m.To).Distinct().Count());
        Assert.All(await scope.Db.Set<OutboxMessage>().ToListAsync(Ct), m => Assert.Equal((OutboxState.Sent, 1), (m.State, m.Attempts)));
        Assert.All(await scope.Db.Set<JobRun>().ToListAsync(Ct), r => Assert.Null(r.Error));
        foreach (var run in runs)
            Assert.Equal(Customers, await scope.Db.Set<AuditEntry>().Where(a => a.Operation == run && a.RecordType == nameof(Customer)).Select(a => a.RecordId).Distinct().CountAsync(Ct));
        Assert.False(await scope.Db.Set<AuditEntry>().Where(a => a.RecordType == nameof(Customer) && a.Operation != null).GroupBy(a => new { a.Operation, a.RecordId }).AnyAsync(g => g.Count() > 1, Ct));
        foreach (var import in imports)
            Assert.Equal((Rows, Rows), (await scope.Db.Set<ImportRow>().CountAsync(r => r.ImportRunId == import, Ct), (await scope.Db.Set<ImportProgress>().SingleAsync(p => p.ImportRunId == import, Ct)).Created));
        Assert.Equal(Customers + (2 * Rows), await scope.Db.Set<Customer>().Select(c => c.Name).Distinct().CountAsync(Ct));
        Assert.Equal(Customers + (2 * Rows), await scope.Db.Set<Customer>().CountAsync(Ct));
    }

    private static async Task PromiseMailsAsync(TestDatabase database)
    {
        await using var scope = database.AsSystem();
        for (var i = 0; i < Mails; i++)
            scope.Get<IOutboxStore>().Add(new(string.Create(CultureInfo.InvariantCulture, $"person{i}@two.example"), "Hello", "Hello"));
        await scope.SaveAsync();
    }

    private static async Task<long> ImportAsync(TestDatabase database, string name)
    {
        var text = new StringBuilder("name\n");
        for (var i = 1; i <= Rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{name} {i}\n");
        await using var scope = database.AsSystem();
        var import = new FileImport(scope);
        var id = await import.PrepareAsync("Customer", $"{name}.csv", new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
        await import.RunAsync(id, dryRun: true);
        await scope.Get<IImportService>().RunAsync(id, Ct);
        return id;
    }

    /// <summary>A run over all customers, waiting for somebody to do it.</summary>
    private static async Task<long> ChangeAllAsync(TestDatabase database, string industry)
    {
        await using var scope = database.AsSystem();
        if (!await scope.Db.Set<Customer>().AnyAsync(Ct))
        {
            for (var i = 1; i <= Customers; i++)
                scope.Get<IBulkWriter>().Add(new Customer { Name = string.Create(CultureInfo.InvariantCulture, $"Halden {i}") });
            await scope.Get<IBulkWriter>().SaveAsync(Ct);
        }
        var ids = await scope.Db.Set<Customer>().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Ct);
        var (type, list) = await BulkTests.OpenAsync<Customer>(scope);
        var version = Guid.Empty;
        foreach (var page in ids.Chunk(200)) // by name: what the imports bring in meanwhile is not meant
            version = (await scope.Get<ISelectionService>().ChooseAsync(type, list, page, page, Ct)).Version;
        return (await scope.Get<IBulkService>().RunAsync(type, list, new(BulkAction.Edit, new() { ["industry"] = industry }), version, Ct)).Id;
    }

    /// <summary>Each asked for twice, so that both processes can have one in hand at once.</summary>
    private static async Task AskForJobsAsync(TestDatabase database)
    {
        foreach (var job in new[] { "outbox", "figures", "outbox", "figures" })
        {
            await using var scope = database.AsSystem();
            Assert.True(await scope.Get<IWorkStore>().AskForRunAsync(job, database.Clock.Utc, with: run => scope.Get<IWorkQueue>().Add("job.run", run), Ct));
            database.Clock.Now += TimeSpan.FromSeconds(1); // runs are unique by their second
        }
    }

    private static async Task UntilDoneAsync(TestDatabase database)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            await using var scope = database.AsSystem();
            if (!await scope.Db.Set<WorkItem>().AnyAsync(w => w.State != WorkState.Done, Ct) && !await scope.Db.Set<OutboxMessage>().AnyAsync(m => m.State != OutboxState.Sent, Ct) && !await scope.Db.Set<JobRun>().AnyAsync(r => r.EndedAt == null, Ct))
                return;
            await Task.Delay(100, patience.Token);
        }
    }
}
