using CrmWeb.Domain.Common;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Imports;

/// <summary>The import wizard: file, match, check, run, result; one address a step.</summary>
[Needs("ImportRun", RecordAction.View), Route("imports")]
public sealed class ImportsController(IImportService imports, IUndoService undo, IWorkQueue queue, ISearchService search, IRecordMatcher matcher, RecordCatalogue catalogue, ICurrentUser user) : CrmController
{
    private const int MostPeople = 500;

    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken ct) => View(await imports.RecentAsync(ct));

    [HttpGet("new")]
    public IActionResult New(string? type) => View(new NewImport(type, Types()));

    /// <summary>An empty file to be filled in.</summary>
    [HttpGet("template")]
    public IActionResult Template(string? type, ExportFormat format) => new ExportResult(imports.Template(type ?? "", format));

    [HttpPost("")]
    [RequestSizeLimit(210L * 1_048_576), RequestFormLimits(MultipartBodyLengthLimit = 210L * 1_048_576)]
    public async Task<IActionResult> Create(string? type, IFormFile? file, CancellationToken ct)
    {
        long id = 0;
        if (file is null)
            ModelState.AddModelError("File", L["Import.ChooseFile"]);
        return await Submit(
            save: async () =>
            {
                await using var content = file!.OpenReadStream();
                id = await Once(() => imports.StartAsync(type ?? "", file.FileName, content, ct), ct);
            },
            done: () => Redirect($"/imports/{id}/match"),
            again: () => View("New", new NewImport(type, Types())));
    }

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken ct) => Redirect($"/imports/{id}/{StepOf((await imports.ShowAsync(id, ct)).State)}");

    [HttpGet("{id:long}/match")]
    public async Task<IActionResult> Match(long id, CancellationToken ct)
    {
        var run = await imports.ShowAsync(id, ct);
        return run.HasFile ? View(await MatchViewAsync(run, MatchForm.Of(run), ct)) : Redirect($"/imports/{id}/check");
    }

    [HttpPost("{id:long}/match")]
    public async Task<IActionResult> Match(long id, MatchForm form, FormatForm reading, CancellationToken ct)
    {
        var run = await imports.ShowAsync(id, ct);
        if (reading.Over(run.Format) != run.Format)
            return await Format(id, form, reading, ct); // changed, and not read again yet: what it comes to is shown first
        var view = await MatchViewAsync(run, form, ct);
        return await Submit(
            save: async () =>
            {
                await imports.MatchAsync(id, form.ToInput(run), ct);
                await imports.CheckAsync(id, ct);
            },
            done: () => Redirect($"/imports/{id}/check"),
            again: () => View(view));
    }

    /// <summary>Forgets how an earlier file was matched.</summary>
    [HttpPost("{id:long}/suggestion")]
    public async Task<IActionResult> Suggest(long id, CancellationToken ct)
    {
        await imports.SuggestAsync(id, ct);
        return Redirect($"/imports/{id}/match");
    }

    /// <summary>Reads the file in another way and shows what it comes to, with everything that was matched.</summary>
    [HttpPost("{id:long}/format")]
    public async Task<IActionResult> Format(long id, MatchForm form, FormatForm reading, CancellationToken ct)
    {
        var run = await imports.ShowAsync(id, ct);
        var view = await MatchViewAsync(run, form, ct) with { Reading = reading };
        return await Submit(
            save: async () =>
            {
                await imports.SetFormatAsync(id, reading.Over(run.Format), form.ToInput(run).Columns, ct);
                run = await imports.ShowAsync(id, ct);
                view = await MatchViewAsync(run, form.Over(run), ct);
            },
            done: () => PageOrPart("Match", "_Match", view),
            again: () => PageOrPart("Match", "_Match", view));
    }

    [HttpGet("{id:long}/check")]
    public async Task<IActionResult> Check(long id, int after, CancellationToken ct) => View(await ProgressAsync(id, after, ct));

    /// <summary>What words mean that the check did not understand; it is done again at once.</summary>
    [HttpPost("{id:long}/values")]
    public async Task<IActionResult> Values(long id, ValuesForm form, CancellationToken ct)
    {
        var view = await ProgressAsync(id, 0, ct);
        return await Submit(
            save: async () =>
            {
                await imports.MapValuesAsync(id, form.ToChoices(), ct);
                await imports.CheckAsync(id, ct);
            },
            done: () => Redirect($"/imports/{id}/check"),
            again: () => View("Check", view with { Typed = form }));
    }

    /// <summary>Rejected rows put right: checked again, or brought in where the others are in already.</summary>
    [HttpPost("{id:long}/fixes")]
    public async Task<IActionResult> Fix(long id, FixForm form, int after, CancellationToken ct)
    {
        var view = await ProgressAsync(id, after, ct);
        var isCheck = view.Run.State is ImportState.Checked or ImportState.Draft;
        return await Submit(
            save: async () =>
            {
                await imports.FixAsync(id, form.ToFixes(), ct);
                await (isCheck ? imports.CheckAsync(id, ct) : imports.RunAsync(id, ct));
            },
            done: () => Redirect($"/imports/{id}/{(isCheck ? "check" : "result")}"),
            again: () => View("Check", view with { Fixes = form }));
    }

    [HttpPost("{id:long}/run")]
    public async Task<IActionResult> Start(long id, CancellationToken ct)
    {
        await imports.RunAsync(id, ct);
        return Redirect($"/imports/{id}/result");
    }

    [HttpGet("{id:long}/result")]
    public async Task<IActionResult> Result(long id, int after, CancellationToken ct) => View("Check", await ProgressAsync(id, after, ct));

    /// <summary>The part of the page that moves while the work goes on.</summary>
    [HttpGet("{id:long}/progress"), Automatic]
    public async Task<IActionResult> Progress(long id, CancellationToken ct) => PartialView("_Progress", await ProgressAsync(id, 0, ct));

    [HttpPost("{id:long}/stop")]
    public async Task<IActionResult> Stop(long id, CancellationToken ct)
    {
        await imports.StopAsync(id, ct);
        return Redirect($"/imports/{id}");
    }

    /// <summary>What taking it back would do; the question before it is done.</summary>
    [HttpGet("{id:long}/undo")]
    public async Task<IActionResult> Undo(long id, CancellationToken ct) => View(new UndoView(await imports.ShowAsync(id, ct), await undo.PreviewAsync(id, ct)));

    [HttpGet("{id:long}/rejects")]
    public async Task<IActionResult> Rejects(long id, CancellationToken ct)
    {
        var run = await imports.ShowAsync(id, ct);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileNameStar = $"rejected-{Path.GetFileNameWithoutExtension(run.FileName)}.csv" }.ToString();
        await using var writer = new StreamWriter(Response.Body, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await imports.WriteRejectedAsync(id, writer, ct);
        return new EmptyResult();
    }

    private async Task<MatchView> MatchViewAsync(ImportView run, MatchForm form, CancellationToken ct) => new(run, await imports.SampleAsync(run.Id, ct), form) { Reading = FormatForm.Of(run.Format) };

    private async Task<ProgressView> ProgressAsync(long id, int after, CancellationToken ct)
    {
        var run = await imports.ShowAsync(id, ct);
        return new(run, run.IsAtWork ? await queue.OfAsync(id, ct) : null, run.IsAtWork ? [] : await imports.ToFixAsync(id, after, ProgressView.PageSize, ct))
        {
            After = after,
            UndoUntil = run.IsAtWork ? null : await undo.UntilAsync(id, ct),
            Words = run.State == ImportState.Checked ? await WordsAsync(run, ct) : [],
        };
    }

    /// <summary>Words to be told what they mean: those that are new here, and those that were told already. Tags come last, they reject no row.</summary>
    private async Task<IReadOnlyList<WordView>> WordsAsync(ImportView run, CancellationToken ct)
    {
        var (words, people, tags) = (new List<WordView>(), (IReadOnlyList<SearchHit>?)null, (IReadOnlyList<string>?)null);
        foreach (var (column, field) in run.Columns.Where(c => c.Field is not null).Select(c => (c, run.Type.Find(c.Field!)!)).OrderBy(c => c.Item2.Kind == FieldKind.Tags))
        {
            var met = column.Values.Select(v => (v.Text, Count: (int?)null, To: (string?)v.To)).Concat(run.Unknown.Where(u => u.Column == column.Index).Select(u => (u.Text, Count: (int?)u.Count, To: (string?)null))).ToList();
            if (met.Count > 0 && field.Kind == FieldKind.Reference)
                people ??= await search.FirstAsync(catalogue[field.Reference!], MostPeople, ct);
            if (met.Count > 0 && field.Kind == FieldKind.Tags)
                tags ??= [.. (await matcher.TagsAsync(run.Type.Name, ct)).Union(column.Values.Select(v => v.To).Where(t => t.Length > 0), StringComparer.OrdinalIgnoreCase).Order(StringComparer.CurrentCultureIgnoreCase)];
            words.AddRange(met.Select(m => new WordView(column, field, m.Text, m.Count, m.To, people ?? [], tags ?? [])));
        }
        return words;
    }

    private IReadOnlyList<RecordType> Types() => [.. catalogue.Types.Where(t => t.With(FieldUse.Import).Any() && user.Access.May(t.Name, RecordAction.Import))];

    private static string StepOf(ImportState state) => state switch
    {
        ImportState.Draft => "match",
        ImportState.Checking or ImportState.Checked => "check",
        _ => "result",
    };
}

public sealed record NewImport(string? Type, IReadOnlyList<RecordType> Types);

public sealed record MatchView(ImportView Run, ImportSample Sample, MatchForm Form)
{
    /// <summary>How the file is read, as it is typed.</summary>
    public required FormatForm Reading { get; init; }
}

public sealed record ProgressView(ImportView Run, WorkStatus? Work, IReadOnlyList<RejectedRow> Rejected)
{
    public const int PageSize = 20;

    public IReadOnlyList<WordView> Words { get; init; } = [];

    /// <summary>The line behind which the rejected rows begin.</summary>
    public int After { get; init; }

    /// <summary>Cells as they were sent; null before any were.</summary>
    public FixForm? Fixes { get; init; }

    /// <summary>What was sent of what words mean; null before anything was.</summary>
    public ValuesForm? Typed { get; init; }

    /// <summary>UTC; null when it cannot be taken back.</summary>
    public DateTime? UndoUntil { get; init; }
}

public sealed record UndoView(ImportView Run, UndoPreview Preview);
