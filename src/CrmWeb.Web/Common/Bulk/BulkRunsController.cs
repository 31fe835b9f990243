using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Common.Bulk;

/// <summary>What became of something done with many records: how far it is, what was left and why.</summary>
[Needs("BulkRun", RecordAction.View), Route("bulk")]
public sealed class BulkRunsController(IBulkRuns runs) : CrmController
{
    private const int LeftRows = 100;

    [HttpGet("{id:long}")]
    public async Task<IActionResult> Show(long id, long after, CancellationToken ct) => View(await PageAsync(id, after, ct));

    /// <summary>The part of the page that moves while the work goes on.</summary>
    [HttpGet("{id:long}/progress"), Automatic]
    public async Task<IActionResult> Progress(long id, CancellationToken ct) => PartialView("_Progress", await PageAsync(id, after: 0, ct));

    [HttpPost("{id:long}/stop")]
    public async Task<IActionResult> Stop(long id, CancellationToken ct)
    {
        await runs.StopAsync(id, ct);
        return Redirect($"/bulk/{id}");
    }

    /// <summary>What was left, and why, as a file.</summary>
    [HttpGet("{id:long}/left")]
    public async Task<IActionResult> Left(long id, CancellationToken ct) => new ExportResult(await runs.LeftFileAsync(id, ct));

    private async Task<LeftView> PageAsync(long id, long after, CancellationToken ct)
    {
        var run = await runs.ShowAsync(id, ct);
        return new(run, run.Progress.Left == 0 ? [] : await runs.LeftAsync(id, after, LeftRows, ct), LeftRows);
    }
}

/// <param name="Left">A page of what was left.</param>
public sealed record LeftView(BulkView Run, IReadOnlyList<LeftRecord> Left, int PageSize)
{
    public bool IsRunning => Run.Run.State == BulkState.Running;
}
