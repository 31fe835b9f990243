using System.Text.Json;
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
            var format = JsonSerializer.Deserialize<TableFormat>(run.Format)!;
            var ties = new ImportTies(type, run);
            await ties.CollectAsync(OpenAsync, ct);
            var words = new WordMap(run.Columns);
            var batch = ActivatorUtilities.CreateInstance<ImportBatch<T>>(services, type, run, ties, words, dryRun);
            await batch.StartAsync(ct);

            await using (var file = await TableFile.OpenAsync(files.Open(run.FileHash), format, ct))
            {
                var rows = new List<TableRow>(BatchSize);
                var skip = batch.RowsDone;
                await foreach (var row in file.RowsAsync(ct))
                {
                    if (skip-- > 0)
                        continue;
                    rows.Add(row);
                    if (rows.Count == BatchSize)
                        await TakeAsync(batch, rows);
                }
                if (rows.Count > 0)
                    await TakeAsync(batch, rows);
            }
            if (!dryRun && ties.Field is not null)
                await batch.TieAsync(OpenAsync, ct);
            return words.Unknown;

            Task<TableFile> OpenAsync() => TableFile.OpenAsync(files.Open(run.FileHash), format, ct);
        }

        private async Task TakeAsync<T>(ImportBatch<T> batch, List<TableRow> rows) where T : Record
        {
            await batch.TakeAsync(rows, ct);
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

    public async Task CollectAsync(Func<Task<TableFile>> open, CancellationToken ct)
    {
        var title = run.Columns.FirstOrDefault(c => c.Field is { } key && type.Find(key)?.Kind == FieldKind.Title);
        if (column is null || title is null)
            return;
        await using var file = await open();
        await foreach (var row in file.RowsAsync(ct))
        {
            if (row.Problem is null)
                names.Add(CompanyName.Normalize(row.Cells[title.Index]));
        }
    }
}
