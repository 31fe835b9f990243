using System.Globalization;
using System.Text.Json;
using CrmWeb.Services.Automation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Services.Common;

internal sealed class ImportService(
    IRepository<ImportRun> runs, IUnitOfWork work, IWorkQueue queue, IFileStore files, FileQuota quota, RecordCatalogue catalogue, ICurrentUser user, IStringLocalizer texts,
    WorkNow now) : IImportService
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
        run.Columns = exported ?? ColumnSuggestions.For(found, heads);
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
        };
    }

    public async Task<ImportSample> SampleAsync(long id, CancellationToken ct)
    {
        var run = await runs.ReadAsync(id, RecordAction.View, r => r, ct);
        RequireFile(run);
        var format = FormatOf(run);
        return new(await SamplesAsync(run.FileHash, format, ct), format.Sheet is null ? [] : TableFile.Sheets(files.Open(run.FileHash)));
    }

    public async Task SetFormatAsync(long id, TableFormat format, IReadOnlyList<ColumnMap>? matched, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        Rule.Require(TableEncodings.All.Contains(format.Encoding), "Import.UnknownEncoding", "Encoding", format.Encoding);
        Rule.Require(format.Delimiter is ',' or ';' or '\t' or '|' || format.Delimiter == FormatOf(run).Delimiter, "Import.UnknownDelimiter", "Delimiter");
        RequireFile(run);
        run.Change();
        if (format.Sheet is { } sheet && sheet != FormatOf(run).Sheet)
            format = await TableFile.DetectSheetAsync(files.Open(run.FileHash), sheet);
        run.Format = JsonSerializer.Serialize(format);
        run.Columns = ColumnSuggestions.Over(matched ?? run.Columns, catalogue[run.RecordType], await HeadsAsync(files.Open(run.FileHash), format, ct));
        await work.SaveAsync(ct);
    }

    public async Task MatchAsync(long id, ImportMatch match, CancellationToken ct)
    {
        var run = await runs.GetAsync(id, RecordAction.Edit, ct);
        RequireFile(run);
        Rule.RequireNone(await CheckAsync(run, match, ct));
        run.Change();
        (run.Columns, run.Fixed, run.OnMatch) = (match.Columns, WithSource(run, match), match.OnMatch);
        var known = catalogue[run.RecordType].MatchBy;
        run.MatchBy = match.MatchBy is { } wanted ? [.. known.Where(wanted.Contains)] : known;
        await work.SaveAsync(ct);
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
        run.StartRun();
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

    public async Task WriteRejectedAsync(long id, TextWriter output, CancellationToken ct)
    {
        var run = await runs.ReadAsync(id, RecordAction.View, r => r, ct);
        RequireFile(run);
        await new RejectsFile(texts, user.Habits).WriteAsync(await TableFile.OpenAsync(files.Open(run.FileHash), FormatOf(run), ct), after => RejectedAsync(id, after, 1_000, ct), output, ct);
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

    private async Task<IReadOnlyList<Broken>> CheckAsync(ImportRun run, ImportMatch match, CancellationToken ct)
    {
        var (type, broken) = (catalogue[run.RecordType], new List<Broken>());
        var count = (await HeadsAsync(files.Open(run.FileHash), FormatOf(run), ct)).Count;
        foreach (var column in match.Columns.Where(c => c.Field is not null))
        {
            if (column.Index < 0 || column.Index >= count || type.Find(column.Field!)?.Has(FieldUse.Import) != true)
                broken.Add(new("Import.UnknownField", $"Field{column.Index}", column.Field!));
            if (column.Factor is 0 or > 1_000_000_000_000m or < -1_000_000_000_000m)
                broken.Add(new("Import.Factor", $"Factor{column.Index}"));
            if (column.Format is { } format && !IsCulture(format))
                broken.Add(new("Import.UnknownFormat", $"Format{column.Index}", format));
        }
        foreach (var twice in match.Columns.Where(c => c.Field is not null).GroupBy(c => c.Field, StringComparer.Ordinal).Where(g => g.Count() > 1))
            broken.Add(new("Import.FieldTwice", $"Field{twice.Last().Index}", texts[type.Find(twice.Key!)?.Label ?? twice.Key!].Value));
        foreach (var value in match.Fixed)
        {
            if (type.Find(value.Field) is not { } field || !field.Has(FieldUse.Import) || !CanRead(field, value.Text))
                broken.Add(new("Import.FixedValue", value.Field, value.Text));
        }
        if (!type.Fields.Any(f => (f.Kind == FieldKind.Title || f.Property is "FamilyName" or "GivenName" or "DisplayName") && match.Columns.Any(c => c.Field == f.Key)))
            broken.Add(new("Import.NeedsTitle"));
        if (type.MatchBy.Count > 0 && match.MatchBy is { } by && !by.Any(type.MatchBy.Contains))
            broken.Add(new("Import.NeedsMatch", "MatchBy"));
        return broken;
    }

    /// <summary>Ids of a file mean something only together with where they are from; without a word on it, that is the file's name.</summary>
    private static IReadOnlyList<FixedValue> WithSource(ImportRun run, ImportMatch match) =>
        match.Columns.Any(c => c.Field == "externalId") && !match.Columns.Any(c => c.Field == "externalSource") && !match.Fixed.Any(f => f.Field == "externalSource")
            ? [.. match.Fixed, new("externalSource", Path.GetFileNameWithoutExtension(run.FileName) is { Length: > 60 } name ? name[..60] : Path.GetFileNameWithoutExtension(run.FileName))]
            : match.Fixed;

    private static bool CanRead(Field field, string text)
    {
        try
        {
            return FieldText.Read(field, text) is not null;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool IsCulture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true) is not null;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

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
