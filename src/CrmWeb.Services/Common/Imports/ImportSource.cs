using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CrmWeb.Services.Common;

/// <summary>The rows of an import's file, those that were put right by hand in place of what the file holds.</summary>
internal sealed class ImportSource(IFileStore files, ImportRun run, IReadOnlyDictionary<int, IReadOnlyList<string>> fixes)
{
    /// <summary>Lines that were put right.</summary>
    public IReadOnlyCollection<int> FixedLines => [.. fixes.Keys];

    public static async Task<ImportSource> OfAsync(IFileStore files, IRepository<ImportRun> runs, ImportRun run, CancellationToken ct) =>
        new(files, run, (await runs.Parts<ImportFix>(run.Id).OrderBy(f => f.Line).Take(ImportFix.MostRows).ToListAsync(ct)).ToDictionary(f => f.Line, f => f.Cells));

    public Task<TableFile> OpenAsync(CancellationToken ct) => TableFile.OpenAsync(files.Open(run.FileHash), JsonSerializer.Deserialize<TableFormat>(run.Format)!, ct);

    public async IAsyncEnumerable<TableRow> RowsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var file = await OpenAsync(ct);
        await foreach (var row in file.RowsAsync(ct))
            yield return fixes.TryGetValue(row.Line, out var cells) && cells.Count == file.Columns.Count ? new(row.Line, [.. cells]) : row;
    }
}
