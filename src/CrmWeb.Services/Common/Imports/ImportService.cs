using System.Text.Json;
using CrmWeb.Services.Automation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

internal sealed class ImportService(
    IRepository<ImportRun> runs, IUnitOfWork work, IWorkQueue queue, IFileStore files, FileQuota quota, RecordCatalogue catalogue, ICurrentUser user, IStringLocalizer texts,
    ImportChecks checks, EarlierMatch earlier, ImportFixes fixes, IImportReset reset, WorkNow now) : IImportService
{
    public const string CheckWork = "import-check", RunWork = "import-run";
    private const long LargestFile = 200L * 1_048_576;
    private const int SampleRows = 5, MostRecent = 50;

    public async Task<long> StartAsync(string type, string fileName, Stream content, CancellationToken ct)
    {
        var found = catalogue.Find(type) ?? throw new RuleException([new("Import.UnknownType", "Type", type)]);
        if (!user.Access.May(found.Name, RecordAction.Import))
            throw new AccessDeniedException(found.Name, nameof(RecordAction.Import));

        using var file = await files.ReceiveAsync(content, LargestFile, ct);
        TableFormat format;
        await using (var stream = file.Open())
            format = await TableFile.DetectAsync(stream, ct);
        var heads = await HeadsAsync(file.Open(), format, ct);
        var exported = ExportHeads.Columns(found, heads);
        if (exported is not null)
            format = format with { IsOwnExport = true };
        var run = new ImportRun { RecordType = found.Name, FileName = Path.GetFileName(fileName), FileHash = file.Hash, Format = JsonSerializer.Serialize(format), MatchBy = found.MatchBy };
        (run.Columns, run.HeadsHash) = (exported ?? ColumnSuggestions.For(found, heads), EarlierMatch.HashOf(heads));
        await earlier.TakeOverAsync(run, found, ct);
        run.Assign(user.Id, user.Access.HomeTeamId);
        Rule.RequireNone(run.Check());
        await quota.RequireRoomAsync(file.Size, ct);

        file.Keep();
        runs.Add(run);
        runs.AddPart(new ImportProgress(run.Id));
        await work.SaveAsync(ct);
        return run.Id;
    }

    public async Task<ImportView> ShowAsync(long id, CancellationToken ct)
    {
        var run = await runs.ReadAsync(id, RecordAction.View, r => r, ct);
        var progress = await runs.Parts<ImportProgress>(id).FirstOrDefaultAsync(ct) ?? new(id);
        var format = FormatOf(run);
        var hasFile = files.SizeOf(run.FileHash) > 0;
        return new(id, catalogue[run.RecordType], run.FileName, run.State, format, run.Columns, run.Fixed, run.OnMatch, run.MatchBy, progress, Total(run, progress), hasFile, run.Failure is { } failure ? JsonSerializer.Deserialize<WorkFailure>(failure) : null, run.CanGoOn && hasFile)
        {
            UndoRunId = run.UndoRunId,
            Unknown = run.Unknown,
        };
    }

    public async Task<ImportSample> SampleAsync(long id, CancellationToken ct)
    {
        var run = await runs.ReadAsync(id, RecordAction.View, r => r, ct);
        RequireFile(run);
        var format = FormatOf(run);
        return new(await SamplesAsync(run.FileHash, format, ct), format.Sheet is null ? [] : TableFile.Sheets(files.Open(run.FileHash)), await earlier.ShowAsync(run, ct));
    }

    public async Task SetFormatAsync(long id, TableFormat format, IReadOnlyList<ColumnMap>? matched, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        Rule.Require(TableEncodings.All.Contains(format.Encoding), "Import.UnknownEncoding", "Encoding", format.Encoding);
        Rule.Require(format.Delimiter is ',' or ';' or '\t' or '|' || format.Delimiter == FormatOf(run).Delimiter, "Import.UnknownDelimiter", "Delimiter");
        RequireFile(run);
        run.Change();
        await reset.DropFixesAsync(id, ct);
        if (format.Sheet is { } sheet && sheet != FormatOf(run).Sheet)
            format = await TableFile.DetectSheetAsync(files.Open(run.FileHash), sheet);
        run.Format = JsonSerializer.Serialize(format);
        var heads = await HeadsAsync(files.Open(run.FileHash), format, ct);
        (run.Columns, run.HeadsHash) = (ColumnSuggestions.Over(matched ?? run.Columns, catalogue[run.RecordType], heads), EarlierMatch.HashOf(heads));
        await work.SaveAsync(ct);
    }

    public async Task SuggestAsync(long id, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        RequireFile(run);
        run.Change();
        var (type, heads) = (catalogue[run.RecordType], await HeadsAsync(files.Open(run.FileHash), FormatOf(run), ct));
        (run.Columns, run.Fixed, run.OnMatch, run.MatchBy, run.MatchedAsId) = (ExportHeads.Columns(type, heads) ?? ColumnSuggestions.For(type, heads), [], DuplicatePolicy.Skip, type.MatchBy, null);
        await work.SaveAsync(ct);
    }

    public ListExport Template(string type, ExportFormat format)
    {
        var found = catalogue.Find(type) ?? throw new RecordNotFoundException(typeof(ImportRun), 0);
        if (!user.Access.May(found.Name, RecordAction.Import))
            throw new AccessDeniedException(found.Name, nameof(RecordAction.Import));
        var (heads, title) = (found.With(FieldUse.Import).Select(f => texts[f.Label].Value).ToList(), texts[$"{found.Name}.Plural"].Value);
        return format == ExportFormat.Csv
            ? new($"{found.Path}-template.csv", CsvTable.ContentType, Rows: 0, (output, ct) => CsvTable.WriteAsync(heads, AsyncEnumerable.Empty<IReadOnlyList<object?[]>>(), output, ct))
            : new($"{found.Path}-template.xlsx", XlsxTable.ContentType, Rows: 0, (output, ct) => XlsxTable.WriteAsync(title, heads, AsyncEnumerable.Empty<IReadOnlyList<object?[]>>(), user.Habits, output, ct));
    }

    public async Task MatchAsync(long id, ImportMatch match, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        RequireFile(run);
        var type = catalogue[run.RecordType];
        match = match with { Columns = await checks.NormalizedAsync(type, match.Columns, ct) };
        Rule.RequireNone(await checks.CheckAsync(type, match, (await HeadsAsync(files.Open(run.FileHash), FormatOf(run), ct)).Count, ct));
        run.Change();
        (run.Columns, run.Fixed, run.OnMatch) = (match.Columns, ImportChecks.WithSource(run, match), match.OnMatch);
        var known = type.MatchBy;
        run.MatchBy = match.MatchBy is { } wanted ? [.. known.Where(wanted.Contains)] : known;
        await work.SaveAsync(ct);
    }

    public async Task MapValuesAsync(long id, IReadOnlyList<ValueChoice> choices, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        var said = choices.ToLookup(c => c.Column);
        IReadOnlyList<ColumnMap> columns = [.. run.Columns.Select(c => c with { Values = [.. c.Values.Where(v => !said[c.Index].Any(s => s.Text == v.Text)), .. said[c.Index].Where(s => s.To is not null).Select(s => new ValueMap(s.Text, s.To!))] })];
        await MatchAsync(id, new(columns, run.Fixed, run.OnMatch) { MatchBy = [.. run.MatchBy] }, ct);
    }

    public async Task CheckAsync(long id, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        RequireFile(run);
        run.StartCheck();
        queue.Add(CheckWork, id);
        await work.SaveAsync(ct);
    }

    public async Task RunAsync(long id, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        RequireFile(run);
        run.StartRun(await fixes.AreThereAsync(id, ct));
        queue.Add(RunWork, id, (await runs.Parts<ImportProgress>(id).FirstOrDefaultAsync(ct))?.Rows); // as the dry run counted them
        await work.SaveAsync(ct);
    }

    public async Task<ImportProgress> RunNowAsync(long id, bool dryRun, Action<int> report, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        if (dryRun)
        {
            run.StartCheck();
        }
        else
        {
            run.Finish(ImportState.Checked); // every row meets the same rules on its way in
            run.StartRun();
        }
        await now.DoAsync(dryRun ? CheckWork : RunWork, id, report, ct);
        return await runs.Parts<ImportProgress>(id).FirstOrDefaultAsync(ct) ?? new(id);
    }

    public async Task StopAsync(long id, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        Rule.Require(run.State is ImportState.Checking or ImportState.Running, "Import.IsNotRunning");
        await queue.CancelAsync(id, ct);
        run.Finish(run.State == ImportState.Running ? ImportState.Stopped : ImportState.Draft);
        await work.SaveAsync(ct);
    }

    public async Task<IReadOnlyList<RejectedRow>> RejectedAsync(long id, int afterLine, int most, CancellationToken ct)
    {
        await runs.ReadAsync(id, RecordAction.View, r => r.Id, ct);
        var rows = await runs.Parts<ImportRow>(id).Where(r => r.Outcome == ImportOutcome.Rejected && r.Line > afterLine).OrderBy(r => r.Line).Take(most).ToListAsync(ct);
        return [.. rows.Select(r => new RejectedRow(r.Line, r.Reason is null ? [] : JsonSerializer.Deserialize<List<RowReason>>(r.Reason)!))];
    }

    public async Task<IReadOnlyList<RejectedRow>> ToFixAsync(long id, int afterLine, int most, CancellationToken ct) =>
        await fixes.ReadAsync(await runs.ReadAsync(id, RecordAction.View, r => r, ct), afterLine, most, ct);

    public async Task FixAsync(long id, IReadOnlyList<RowFix> rows, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        RequireFile(run);
        Rule.Require(run.State is not (ImportState.Checking or ImportState.Running), "Import.IsRunning");
        await fixes.KeepAsync(run, rows, ct);
        await work.SaveAsync(ct);
    }

    public async Task WriteRejectedAsync(long id, TextWriter output, CancellationToken ct)
    {
        var run = await runs.ReadAsync(id, RecordAction.View, r => r, ct);
        RequireFile(run);
        var rowsDone = run.CanGoOn ? (await runs.Parts<ImportProgress>(id).FirstOrDefaultAsync(ct))?.Rows : null;
        await new RejectsFile(texts, user.Habits).WriteAsync(await ImportSource.OfAsync(files, runs, run, ct), after => RejectedAsync(id, after, 1_000, ct), rowsDone, output, ct);
    }

    public async Task<IReadOnlyList<ImportSummary>> RecentAsync(CancellationToken ct)
    {
        var found = await runs.Query().OrderByDescending(r => r.Id).Select(r => new { r.Id, r.RecordType, r.FileName, r.State, r.CreatedAt }).Take(MostRecent).ToListAsync(ct);
        var summaries = new List<ImportSummary>();
        foreach (var run in found)
            summaries.Add(new(run.Id, run.RecordType, run.FileName, run.State, run.CreatedAt, await runs.Parts<ImportProgress>(run.Id).FirstOrDefaultAsync(ct) ?? new(run.Id)));
        return summaries;
    }

    private void RequireFile(ImportRun run) => Rule.Require(files.SizeOf(run.FileHash) > 0, "File.Lost");

    private static TableFormat FormatOf(ImportRun run) => JsonSerializer.Deserialize<TableFormat>(run.Format)!;

    private static int? Total(ImportRun run, ImportProgress progress) => run.State is ImportState.Checked or ImportState.Done ? progress.Rows : null;

    private static async Task<IReadOnlyList<string>> HeadsAsync(Stream content, TableFormat format, CancellationToken ct)
    {
        await using var file = await TableFile.OpenAsync(content, format, ct);
        return [.. file.Columns];
    }

    private async Task<IReadOnlyList<string[]>> SamplesAsync(string hash, TableFormat format, CancellationToken ct)
    {
        await using var file = await TableFile.OpenAsync(files.Open(hash), format, ct);
        var rows = new List<string[]>();
        await foreach (var row in file.RowsAsync(ct))
        {
            rows.Add(row.Cells);
            if (rows.Count == SampleRows)
                break;
        }
        return rows;
    }
}
