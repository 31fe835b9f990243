using System.Globalization;
using System.Text.Json;

namespace CrmWeb.Services.Common;

/// <summary>Shows rejected rows with their cells, and keeps what the user makes of them.</summary>
internal sealed class ImportFixes(IRepository<ImportRun> runs, IFileStore files, ICurrentUser user)
{
    /// <summary>Rejected rows behind a line, with the cells that were read.</summary>
    public async Task<IReadOnlyList<RejectedRow>> ReadAsync(ImportRun run, int afterLine, int most, CancellationToken ct)
    {
        var rows = await runs.Parts<ImportRow>(run.Id).Where(r => r.Outcome == ImportOutcome.Rejected && r.Line > afterLine).OrderBy(r => r.Line).Take(most).ToListAsync(ct);
        var cells = files.SizeOf(run.FileHash) > 0 ? await CellsAsync(run, [.. rows.Select(r => r.Line)], ct) : [];
        return [.. rows.Select(r => new RejectedRow(r.Line, r.Reason is null ? [] : JsonSerializer.Deserialize<List<RowReason>>(r.Reason)!) { Cells = cells.GetValueOrDefault(r.Line) ?? [] })];
    }

    /// <summary>Keeps the cells of rejected rows for the save; cells that are not named stay as they are.</summary>
    /// <exception cref="RuleException">Too many rows, or a cell that is too long.</exception>
    public async Task KeepAsync(ImportRun run, IReadOnlyList<RowFix> fixes, CancellationToken ct)
    {
        foreach (var cell in fixes.SelectMany(f => f.Cells))
            Rule.Require(cell.Value.Length <= TableFile.MaxCellLength, "Import.File.CellTooLong", property: null, cell.Key + 1, cell.Value.Length, TableFile.MaxCellLength);
        var lines = fixes.Select(f => f.Line).ToList();
        var rejected = await runs.Parts<ImportRow>(run.Id).Where(r => r.Outcome == ImportOutcome.Rejected && lines.Contains(r.Line)).Select(r => r.Line).ToListAsync(ct);
        var (cells, known) = (await CellsAsync(run, [.. rejected], ct), (await runs.Parts<ImportFix>(run.Id, RecordAction.Edit).Where(f => lines.Contains(f.Line)).ToListAsync(ct)).ToDictionary(f => f.Line));
        var kept = (await runs.Parts<ImportFix>(run.Id).Select(f => f.Line).ToListAsync(ct)).Count;
        foreach (var fix in fixes.Where(f => cells.TryGetValue(f.Line, out var was) && was.Count > 0 && f.Cells.Any(c => c.Key >= 0 && c.Key < was.Count && c.Value != was[c.Key])))
        {
            if (!known.TryGetValue(fix.Line, out var row))
            {
                Rule.Require(++kept <= ImportFix.MostRows, "Import.TooManyFixes", values: ImportFix.MostRows);
                runs.AddPart(row = new(run.Id, fix.Line));
            }
            row.Cells = [.. cells[fix.Line].Select((c, i) => fix.Cells.TryGetValue(i, out var now) ? now : c)];
        }
    }

    /// <summary>Whether rejected rows were put right that were not tried since.</summary>
    public async Task<bool> AreThereAsync(long id, CancellationToken ct)
    {
        var lines = await runs.Parts<ImportFix>(id).Select(f => f.Line).ToListAsync(ct);
        return lines.Count > 0 && await runs.Parts<ImportRow>(id).Where(r => r.Outcome == ImportOutcome.Rejected && lines.Contains(r.Line)).Select(r => r.Line).AnyAsync(ct);
    }

    /// <summary>Cells of rows as the user would type them; as many as the file has columns, none for a row that cannot be put right.</summary>
    private async Task<Dictionary<int, IReadOnlyList<string>>> CellsAsync(ImportRun run, HashSet<int> lines, CancellationToken ct)
    {
        var (cells, source) = (new Dictionary<int, IReadOnlyList<string>>(), await ImportSource.OfAsync(files, runs, run, ct));
        if (lines.Count == 0)
            return cells;
        var count = run.Columns.Count;
        await foreach (var row in source.RowsAsync(ct))
        {
            if (!lines.Contains(row.Line))
                continue;
            cells[row.Line] = row.Cells.Length == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => i < row.Cells.Length ? Written(row.Cells[i], row.KindOf(i), user.Habits) : "")];
            if (cells.Count == lines.Count)
                break;
        }
        return cells;
    }

    /// <summary>Numbers of a sheet as the person writes them: so they are read when they come back. What a formula or an error stood for is left for him to say.</summary>
    public static string Written(string cell, CellKind kind, Habits habits) => kind switch
    {
        CellKind.Value when cell.Contains('.', StringComparison.Ordinal) && decimal.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number.ToString(habits.Format),
        CellKind.NotCalculated => "",
        _ => cell,
    };
}
