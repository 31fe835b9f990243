using CrmWeb.DataTests.Automation;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.DataTests.Common.Records;

/// <summary>What was done with thousands at once goes back by a run of its own.</summary>
public sealed class UndoManyTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private User ana = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An operation of many saves, as a work on a whole list makes it: in two processes, with records that others touched meanwhile.</summary>
    [Fact]
    public async Task Thousands_go_back_in_batches_and_those_that_cannot_are_left_alone()
    {
        const int Many = 650, Touched = 25;
        ana = await database.AddUserAsync("Ana", team: null, BuiltInRoles.Administrator);
        var ids = new List<long>();
        await using (var scope = database.AsSystem())
        {
            for (var i = 0; i < Many; i++)
            {
                var customer = new Customer { Name = $"Many {i:000}", City = $"City {i}" };
                scope.Repository<Customer>().Add(customer);
                ids.Add(customer.Id);
            }
            await scope.SaveAsync();
        }
        var operation = ids[0]; // any id of one's own
        foreach (var (batch, process) in ids.Chunk(150).Zip(Enumerable.Repeat(new[] { database.Services, database.Another() }, 10).SelectMany(p => p)))
        {
            await using var scope = await database.AsAsync(ana, process);
            scope.Get<Operation>().Join(operation);
            foreach (var customer in await scope.Repository<Customer>().GetAsync(batch, RecordAction.Edit, Ct))
                customer.City = "Oslo";
            await scope.SaveAsync();
        }
        foreach (var id in ids.Where((_, i) => i % 26 == 0).Take(Touched))
            await EditAsync(id, "Stavanger");

        var (run, result) = await UndoManyAsync(operation);

        Assert.Equal((Many - Touched, 0, Touched), result);
        await using var check = database.AsSystem();
        var cities = await check.Db.Set<Customer>().Where(c => c.Name.StartsWith("Many")).OrderBy(c => c.Id).Select(c => c.City).ToListAsync(Ct);
        Assert.Equal(Enumerable.Range(0, Many).Select(i => i % 26 == 0 && i / 26 < Touched ? "Stavanger" : $"City {i}"), cities);
        Assert.Equal(Many - Touched, await check.Db.Set<AuditEntry>().CountAsync(a => a.Operation == run && a.RecordType == "Customer", Ct));
        Assert.Equal((0, Many - Touched, Touched), (await UndoManyAsync(operation)).Result); // asked twice, nothing more happens
        Assert.Equal((Many - Touched, 0, 0), (await UndoManyAsync(run)).Result);
    }

    /// <returns>The run that did it in the background: changed, unchanged, left.</returns>
    private async Task<(long Id, (int, int, int) Result)> UndoManyAsync(long operation)
    {
        var run = (await UndoAsync(operation)).RunId!.Value;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await using var scope = database.AsSystem();
        await using (await Worker.StartAsync(database))
        {
            while (await scope.Db.Set<BulkRun>().Where(r => r.Id == run).Select(r => r.State).SingleAsync(Ct) != BulkState.Done)
                await Task.Delay(20, patience.Token);
        }
        var progress = await scope.Db.Set<BulkProgress>().AsNoTracking().SingleAsync(p => p.BulkRunId == run, Ct);
        return (run, (progress.Changed, progress.Unchanged, progress.Left));
    }

    private async Task<UndoResult> UndoAsync(long operation)
    {
        await using var scope = await database.AsAsync(ana);
        return await scope.Get<IUndoService>().UndoAsync(operation, Ct);
    }

    private async Task EditAsync(long id, string city)
    {
        await using var scope = database.AsSystem();
        (await scope.Repository<Customer>().GetAsync(id, RecordAction.Edit, Ct)).City = city;
        await scope.SaveAsync();
    }
}
