using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>Goes through the chosen records in the order of their ids: each ends as changed, unchanged or left.</summary>
/// <remarks>They go in batches, each one save together with its outcomes and the place it came to: a killed run goes on behind its last batch.</remarks>
internal sealed class BulkEngine(IServiceProvider services, RecordCatalogue catalogue)
{
    public const int BatchSize = 500;

    /// <summary>Runs to the end.</summary>
    /// <param name="report">Called after each batch with the number of records done.</param>
    public Task RunAsync(BulkRun run, Func<int, Task> report, CancellationToken ct) => catalogue[run.RecordType].Accept(new Runner(services, run, ChosenOf(run), report, ct));

    /// <summary>What would be wrong with every record that is tried first is wrong with what is asked for.</summary>
    /// <exception cref="RuleException">With what is wrong, beside its property.</exception>
    public Task RequireSenseAsync(BulkRun run, Chosen chosen, CancellationToken ct) => catalogue[run.RecordType].Accept(new Taster(services, run, chosen, ct));

    private Chosen ChosenOf(BulkRun run)
    {
        var type = catalogue[run.RecordType];
        return new(ListQuery.Parse(type, ListQuery.ReadQuery(run.Conditions ?? "")), run.Conditions is not null, run.Ids, run.CreatedAt);
    }

    private sealed class Runner(IServiceProvider services, BulkRun run, Chosen chosen, Func<int, Task> report, CancellationToken ct) : IRecordTypeVisitor<Task>
    {
        private const int Tries = 5;
        private readonly IBulkRows rows = services.GetRequiredService<IBulkRows>();
        private readonly IRepository<BulkRun> runs = services.GetRequiredService<IRepository<BulkRun>>();
        private readonly IUnitOfWork work = services.GetRequiredService<IUnitOfWork>();

        public async Task Visit<T>(RecordType<T> type) where T : Record
        {
            var change = ActivatorUtilities.CreateInstance<BulkChange<T>>(services, type, run);
            await change.StartAsync(ct);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    if (await TakeAsync(type, change) is not { } done)
                        return;
                    await report(done);
                    attempt = 0;
                }
                catch (StaleRecordException) when (attempt < Tries)
                {
                    work.Forget(); // someone saved one of them between our reading and our saving: the batch is read anew
                }
            }
        }

        /// <summary>One batch.</summary>
        /// <returns>Records done so far; null when there are no more.</returns>
        private async Task<int?> TakeAsync<T>(RecordType<T> type, BulkChange<T> change) where T : Record
        {
            var progress = await runs.Parts<BulkProgress>(run.Id, RecordAction.Edit).FirstOrDefaultAsync(ct) ?? throw new RecordNotFoundException(typeof(BulkRun), run.Id);
            var batch = await rows.NextAsync(type, chosen, BulkRights.ActionOf(type, run.Action), progress.LastId, BatchSize, ct);
            if (batch.Ids.Count == 0)
                return null;

            foreach (var id in batch.Ids)
            {
                var reasons = batch.Mine.TryGetValue(id, out var record) ? await ChangeAsync(type, change, record, progress)
                    : [new LeftReason(batch.Seen.Contains(id) ? "Bulk.NotYours" : "Bulk.Gone", Field: null, [])];
                if (reasons.Count == 0)
                    continue;
                progress.Left++;
                runs.AddPart(new BulkRow(run.Id, id, JsonSerializer.Serialize(reasons)));
            }
            progress.LastId = batch.Ids[^1];
            await work.SaveAsync(ct);
            work.Forget(); // memory stays flat from batch to batch
            return progress.Done;
        }

        private async Task<IReadOnlyList<LeftReason>> ChangeAsync<T>(RecordType<T> type, BulkChange<T> change, T record, BulkProgress progress) where T : Record
        {
            try
            {
                if (await change.ApplyAsync(record, ct))
                    progress.Changed++;
                else
                    progress.Unchanged++;
                return [];
            }
            catch (RuleException refused)
            {
                rows.Leave(record);
                return [.. refused.Broken.Select(b => new LeftReason(b.Text, b.Property is { } property ? type.FindProperty(property)?.Label : null, [.. b.Values.Select(v => v as string ?? FieldText.Write(v) ?? "")]))];
            }
        }
    }

    private sealed class Taster(IServiceProvider services, BulkRun run, Chosen chosen, CancellationToken ct) : IRecordTypeVisitor<Task>
    {
        private const int Tasted = 5;

        public async Task Visit<T>(RecordType<T> type) where T : Record
        {
            var change = ActivatorUtilities.CreateInstance<BulkChange<T>>(services, type, run);
            await change.StartAsync(ct);
            var batch = await services.GetRequiredService<IBulkRows>().NextAsync(type, chosen, BulkRights.ActionOf(type, run.Action), after: 0, Tasted, ct);
            RuleException? wrong = null;
            foreach (var record in batch.Mine.Values)
            {
                try
                {
                    await change.ApplyAsync(record, ct);
                    return;
                }
                catch (RuleException refused)
                {
                    wrong = refused;
                }
            }
            if (wrong is not null)
                throw wrong;
        }
    }
}
