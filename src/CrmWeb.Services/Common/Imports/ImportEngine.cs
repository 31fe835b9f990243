using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Services.Common;

/// <summary>Takes a file through all rules, for a dry run or in earnest: every row ends as created, updated, skipped or rejected.</summary>
/// <remarks>Rows go in batches, each one transaction together with its outcomes and the place in the file: a killed run goes on behind its last batch.</remarks>
internal sealed class ImportEngine(IServiceProvider services, RecordCatalogue catalogue, IFileStore files, ICurrentUser user)
{
    public const int BatchSize = 500;

    /// <summary>Runs to the end of the file.</summary>
    /// <param name="report">Called after each batch with the number of rows done.</param>
    /// <returns>Words that were not understood.</returns>
    public Task<IReadOnlyList<UnknownValue>> RunAsync(ImportRun run, bool dryRun, Func<int, Task> report, CancellationToken ct) =>
        catalogue[run.RecordType].Accept(new Runner(services, files, user, run, dryRun, report, ct));

    private sealed class Runner(IServiceProvider services, IFileStore files, ICurrentUser user, ImportRun run, bool dryRun, Func<int, Task> report, CancellationToken ct) : IRecordTypeVisitor<Task<IReadOnlyList<UnknownValue>>>
    {
        public async Task<IReadOnlyList<UnknownValue>> Visit<T>(RecordType<T> type) where T : Record
        {
            user.Access.Require<T>(RecordAction.Import);
            var (source, ties, words) = (await ImportSource.OfAsync(files, services.GetRequiredService<IRepository<ImportRun>>(), run, ct), new ImportTies(type, run), new WordMap(run.Columns, await TagsAsync(type)));
            await ties.CollectAsync(source.RowsAsync(ct));
            var batch = ActivatorUtilities.CreateInstance<ImportBatch<T>>(services, type, run, ties, words, dryRun);
            await batch.StartAsync(source.FixedLines, ct);

            var (rows, again, skip) = (new List<TableRow>(BatchSize), new List<TableRow>(), batch.RowsDone);
            await foreach (var row in source.RowsAsync(ct))
            {
                if (skip-- > 0)
                {
                    if (batch.IsTriedAgain(row.Line))
                        again.Add(row);
                    continue;
                }
                rows.Add(row);
                if (rows.Count == BatchSize)
                    await TakeAsync(batch, rows, isAgain: false);
            }
            if (rows.Count > 0)
                await TakeAsync(batch, rows, isAgain: false);
            foreach (var some in again.Chunk(BatchSize))
                await TakeAsync(batch, [.. some], isAgain: true);
            if (!dryRun && ties.Field is not null)
                await batch.TieAsync(source.RowsAsync(ct), ct);
            return words.Unknown;
        }

        /// <summary>Only the dry run asks what words mean.</summary>
        private async Task<IReadOnlyList<string>> TagsAsync(RecordType type) =>
            dryRun && type.Tags is { } tags && run.Columns.Any(c => c.Field == tags.Key) ? await services.GetRequiredService<IRecordMatcher>().TagsAsync(type.Name, ct) : [];

        private async Task TakeAsync<T>(ImportBatch<T> batch, List<TableRow> rows, bool isAgain) where T : Record
        {
            await batch.TakeAsync(rows, isAgain, ct);
            rows.Clear();
            await report(batch.RowsDone);
        }
    }
}

/// <summary>References of rows to rows of the same file, such as a parent that comes later: known by name before the first row goes in.</summary>
internal sealed class ImportTies(RecordType type, ImportRun run)
{
    private readonly ColumnMap? column = run.Columns.FirstOrDefault(c => c.Field is { } key && type.Find(key) is { Kind: FieldKind.Reference } field && field.Reference == type.Name);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>The field that leads to the same type; null when no column fills it.</summary>
    public Field? Field => column?.Field is { } key ? type.Find(key) : null;

    /// <summary>Whether a row of this file has the name.</summary>
    public bool IsInFile(string name) => names.Contains(CompanyName.Normalize(name));

    /// <summary>The other record's name in a row; null when it names none.</summary>
    public string? Of(TableRow row) => column is null || row.Problem is not null || string.IsNullOrWhiteSpace(row.Cells[column.Index]) ? null : row.Cells[column.Index].Trim();

    public async Task CollectAsync(IAsyncEnumerable<TableRow> rows)
    {
        var title = run.Columns.FirstOrDefault(c => c.Field is { } key && type.Find(key)?.Kind == FieldKind.Title);
        if (column is null || title is null)
            return;
        await foreach (var row in rows)
        {
            if (row.Problem is null)
                names.Add(CompanyName.Normalize(row.Cells[title.Index]));
        }
    }
}
