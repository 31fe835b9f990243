using System.Text.Json;

namespace CrmWeb.Services.Common;

/// <summary>One batch after another of rows of one record type.</summary>
internal sealed class ImportBatch<T>(
    RecordType<T> type, ImportRun run, ImportTies ties, WordMap words, bool dryRun,
    IRepository<T> records, IRepository<ImportRun> runs, IBulkWriter bulk, IRecordMatcher matcher, ICurrentUser user, IImportHooks<T>? hooks = null) where T : Record
{
    /// <summary>Stands for a record that a dry run would have created.</summary>
    private const long WouldBe = -1;

    private readonly RowReader reader = new(type, run, words, user.Habits);
    private readonly Dictionary<MatchKey, long> wouldBe = [];
    private HashSet<int> again = [];
    private IReadOnlyDictionary<string, long> colleagues = new Dictionary<string, long>();

    /// <summary>Rows of the file that have their outcome.</summary>
    public int RowsDone { get; private set; }

    /// <summary>Whether a row that was rejected is tried once more: it was put right since.</summary>
    public bool IsTriedAgain(int line) => again.Contains(line);

    /// <summary>Takes up the place an earlier attempt has come to.</summary>
    /// <param name="fixedLines">Lines that were put right.</param>
    public async Task StartAsync(IReadOnlyCollection<int> fixedLines, CancellationToken ct)
    {
        colleagues = await matcher.ColleaguesAsync(ct);
        var progress = await ProgressAsync(ct);
        RowsDone = progress.IsDryRun == dryRun && !dryRun ? progress.Rows : 0;
        if (RowsDone > 0 && fixedLines.Count > 0)
            again = [.. await runs.Parts<ImportRow>(run.Id).Where(r => r.Outcome == ImportOutcome.Rejected && fixedLines.Contains(r.Line)).Select(r => r.Line).ToListAsync(ct)];
    }

    /// <param name="isAgain">They have their outcome already, and get another one.</param>
    public async Task TakeAsync(IReadOnlyList<TableRow> rows, bool isAgain, CancellationToken ct)
    {
        var read = rows.Select(r => (Row: r, Read: reader.Read(r))).ToList();
        var drafts = read.ConvertAll(r => (r.Row, r.Read, Draft: Draft(r.Read)));
        var keys = drafts.Where(d => d.Draft is not null).SelectMany(d => Keys(d.Draft!)).Distinct().ToList();
        var known = await matcher.FindAsync(type.Name, keys, ct);
        var referred = await ReferredAsync(drafts.ConvertAll(d => d.Read), ct);

        var (inBatch, outcomes) = (new Dictionary<MatchKey, long>(), new List<ImportRow>(rows.Count));
        foreach (var (row, values, draft) in drafts)
            outcomes.Add(await OutcomeAsync(row, values, draft, known, inBatch, referred, ct));
        await SaveAsync(outcomes, isAgain, ct);
    }

    private async Task<ImportRow> OutcomeAsync(
        TableRow row, ReadRow read, T? draft, IReadOnlyDictionary<MatchKey, long> known, Dictionary<MatchKey, long> inBatch, IReadOnlyDictionary<MatchKey, long> referred, CancellationToken ct)
    {
        var reasons = read.Reasons.ToList();
        Resolve(read, referred, reasons);
        if (ties.Of(row) is { } name && !ties.IsInFile(name) && !referred.ContainsKey(NameKey(name)))
            reasons.Add(new("Import.Row.NotFound", run.Columns.First(c => c.Field == ties.Field!.Key).Head, [name]));
        if (draft is not null)
            reasons.AddRange(draft.Check().Where(b => !reasons.Exists(r => r.Column is not null && HeadOf(b.Property) == r.Column)).Select(b => RowReason.Of(b, HeadOf(b.Property))));
        if (reasons.Count > 0 || draft is null)
            return Row(row, ImportOutcome.Rejected, recordId: null, reasons);

        var keys = Keys(draft).ToList();
        var existing = keys.Select(k => known.TryGetValue(k, out var id) || inBatch.TryGetValue(k, out id) || wouldBe.TryGetValue(k, out id) ? id : (long?)null).FirstOrDefault(id => id is not null);
        if (existing is { } match)
            return await ExistingAsync(row, read, match, ct);

        if (!dryRun)
        {
            bulk.Add(draft);
            hooks?.Prepare(draft, read.Values, isNew: true, bulk);
        }
        foreach (var key in keys)
            (dryRun ? wouldBe : inBatch).TryAdd(key, dryRun ? WouldBe : draft.Id);
        return Row(row, ImportOutcome.Created, dryRun ? null : draft.Id, reasons);
    }

    private async Task<ImportRow> ExistingAsync(TableRow row, ReadRow read, long id, CancellationToken ct)
    {
        if (run.OnMatch == DuplicatePolicy.Skip || id == WouldBe)
            return Row(row, ImportOutcome.Skipped, id == WouldBe ? null : id, [new("Import.Row.Exists", null, [])]);
        try
        {
            var record = await records.GetAsync(id, RecordAction.Edit, ct);
            var changes = new FieldValues();
            foreach (var (key, value) in read.Values.Where(v => type.Find(v.Key) is { CanSet: true } f && (run.OnMatch == DuplicatePolicy.Overwrite || FieldText.Write(f.Get(record)) is null)))
                changes[key] = value;
            var broken = changes.CheckOn(type, record);
            if (broken.Count > 0)
                return Row(row, ImportOutcome.Rejected, id, [.. broken.Select(b => RowReason.Of(b, HeadOf(b.Property)))]);
            if (changes.All(c => FieldValues.Same(type.Find(c.Key)!.Get(record), c.Value)))
                return Row(row, ImportOutcome.Skipped, id, [new("Import.Row.Same", null, [])]);
            if (!dryRun)
            {
                changes.ApplyTo(type, record);
                hooks?.Prepare(record, changes, isNew: false, bulk);
            }
            return Row(row, ImportOutcome.Updated, id, []);
        }
        catch (AccessDeniedException)
        {
            return Row(row, ImportOutcome.Rejected, id, [new("Import.Row.NotYours", null, [])]);
        }
    }

    /// <summary>A record with the row's values; null when the row itself cannot be read.</summary>
    private T? Draft(ReadRow read)
    {
        if (read.Values.Count == 0 && read.Reasons.Count > 0)
            return null;
        var draft = Activator.CreateInstance<T>();
        foreach (var (key, value) in read.Values)
        {
            if (value is not null && type.Find(key) is { CanSet: true } field)
                field.Set(draft, value);
        }
        hooks?.Normalize(draft, read.Values);
        return draft;
    }

    /// <summary>What the row is recognised by: its own id where it has one, otherwise the surest that it has.</summary>
    private IEnumerable<MatchKey> Keys(T draft)
    {
        var keys = (draft as ISearchable)?.MatchKeys.Where(k => run.MatchBy.Contains(k.Kind)).ToList() ?? [];
        return keys.Exists(k => k.Kind == MatchKind.External) ? keys.Where(k => k.Kind is MatchKind.External) : keys.OrderBy(k => ((IList<MatchKind>)[.. run.MatchBy]).IndexOf(k.Kind));
    }

    /// <summary>Records that references of the rows name, looked up for the whole batch at once.</summary>
    private async Task<IReadOnlyDictionary<MatchKey, long>> ReferredAsync(List<ReadRow> rows, CancellationToken ct)
    {
        var found = new Dictionary<MatchKey, long>();
        foreach (var target in rows.SelectMany(r => r.References).Where(r => r.Key.Reference is not "User").GroupBy(r => r.Key.Reference!, StringComparer.Ordinal))
        {
            foreach (var (key, id) in await matcher.FindAsync(target.Key, [.. target.SelectMany(t => new[] { NameKey(t.Value), NumberKey(t.Value) }).Distinct()], ct))
                found[key] = id;
        }
        return found;
    }

    private void Resolve(ReadRow read, IReadOnlyDictionary<MatchKey, long> referred, List<RowReason> reasons)
    {
        foreach (var (field, word) in read.References.Where(r => r.Key != ties.Field))
        {
            var id = field.Reference == "User"
                ? colleagues.TryGetValue(TextFold.Fold(word), out var colleague) ? colleague : (long?)null
                : referred.TryGetValue(NumberKey(word), out var numbered) ? numbered : referred.TryGetValue(NameKey(word), out var named) ? named : null;
            if (id is null)
            {
                reasons.Add(new("Import.Row.NotFound", HeadOf(field.Property), [word]));
                if (WordMap.Takes(field))
                    words.NotUnderstood(run.Columns.First(c => c.Field == field.Key).Index, word);
            }
            else
            {
                read.Values[field.Key] = id;
            }
        }
    }

    private async Task SaveAsync(List<ImportRow> outcomes, bool isAgain, CancellationToken ct)
    {
        var progress = await ProgressAsync(ct);
        if (isAgain)
            progress.Rejected -= outcomes.Count;
        else
            RowsDone += outcomes.Count;
        progress.Rows = RowsDone;
        progress.Created += outcomes.Count(o => o.Outcome == ImportOutcome.Created);
        progress.Updated += outcomes.Count(o => o.Outcome == ImportOutcome.Updated);
        progress.Skipped += outcomes.Count(o => o.Outcome == ImportOutcome.Skipped);
        progress.Rejected += outcomes.Count(o => o.Outcome == ImportOutcome.Rejected);
        if (isAgain)
        {
            var lines = outcomes.ConvertAll(o => o.Line);
            foreach (var row in await runs.Parts<ImportRow>(run.Id, RecordAction.Edit).Where(r => lines.Contains(r.Line)).ToListAsync(ct))
                row.Become(outcomes.First(o => o.Line == row.Line));
        }
        else
        {
            outcomes.ForEach(bulk.AddPart);
        }
        await bulk.SaveAsync(ct);
    }

    /// <summary>Second way through the file: every record there is has its id now, so children find their parents.</summary>
    public async Task TieAsync(IAsyncEnumerable<TableRow> all, CancellationToken ct)
    {
        var rows = new List<(int Line, string Name)>();
        await foreach (var row in all)
        {
            if (ties.Of(row) is { } name)
                rows.Add((row.Line, name));
            if (rows.Count == ImportEngine.BatchSize)
                await TieAsync(rows, ct);
        }
        await TieAsync(rows, ct);
    }

    private async Task TieAsync(List<(int Line, string Name)> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var lines = rows.ConvertAll(r => r.Line);
        var children = (await runs.Parts<ImportRow>(run.Id).Where(r => lines.Contains(r.Line) && (r.Outcome == ImportOutcome.Created || r.Outcome == ImportOutcome.Updated) && r.RecordId != null).ToListAsync(ct)).ToDictionary(r => r.Line, r => r.RecordId!.Value);
        var parents = await matcher.FindAsync(type.Name, [.. rows.Select(r => NameKey(r.Name)).Distinct()], ct);
        var tied = 0;
        foreach (var (line, name) in rows)
        {
            if (!children.TryGetValue(line, out var child) || !parents.TryGetValue(NameKey(name), out var parent) || child == parent)
                continue;
            var record = await records.GetAsync(child, RecordAction.Edit, ct);
            if (FieldValues.Same(ties.Field!.Get(record), parent) || (hooks is not null && !await hooks.MayTieAsync(child, parent, ct)))
                continue;
            ties.Field.Set(record, parent);
            tied++;
        }
        (await ProgressAsync(ct)).Tied += tied;
        await bulk.SaveAsync(ct);
        rows.Clear();
    }

    private async Task<ImportProgress> ProgressAsync(CancellationToken ct) =>
        await runs.Parts<ImportProgress>(run.Id, RecordAction.Edit).FirstOrDefaultAsync(ct) ?? throw new RecordNotFoundException(typeof(ImportRun), run.Id);

    private ImportRow Row(TableRow row, ImportOutcome outcome, long? recordId, IReadOnlyCollection<RowReason> reasons) =>
        new(run.Id, row.Line, outcome, recordId, reasons.Count == 0 ? null : JsonSerializer.Serialize(reasons));

    private string? HeadOf(string? property) => property is null ? null
        : run.Columns.FirstOrDefault(c => c.Field is { } key && type.Find(key)?.Property == property) is { } column ? column.Head.Length > 0 ? column.Head : $"{column.Index + 1}" : property;

    private static MatchKey NameKey(string name) => new(MatchKind.Name, CompanyName.Normalize(name) is var folded && folded.Length > 200 ? folded[..200] : folded);

    private static MatchKey NumberKey(string text) => new(MatchKind.Number, TextFold.Fold(text));
}
