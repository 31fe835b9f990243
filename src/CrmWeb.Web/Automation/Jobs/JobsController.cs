using CrmWeb.Domain.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Automation.Jobs;

/// <summary>What runs by the clock and in the background.</summary>
[Route("settings/jobs")]
[NeedsRight(SpecialRight.ManageJobs)]
public sealed class JobsController(IJobService jobs, IWorkService work) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken ct) => View(new JobsView(await jobs.ShowAsync(ct), await work.UnfinishedAsync(ct)));

    [HttpGet("{name}")]
    public async Task<IActionResult> Show(string name, DateTime? before, CancellationToken ct) =>
        View(await jobs.RunsAsync(name, before is { } moment ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : null, ct));

    [HttpPost("{name}/run")]
    public async Task<IActionResult> Run(string name, CancellationToken ct)
    {
        await jobs.RunAsync(name, ct);
        return Said(L["Job.Asked"], CameFrom ?? "/settings/jobs");
    }

    [HttpPost("{id:long}/retry")]
    public async Task<IActionResult> Retry(long id, CancellationToken ct)
    {
        await work.RetryAsync(id, ct);
        return Said(L["Job.Retried"], "/settings/jobs");
    }

    [HttpPost("{id:long}/cancellation")]
    public async Task<IActionResult> Cancel(long id, CancellationToken ct)
    {
        await work.CancelAsync(id, ct);
        return Said(L["Job.Cancelled"], "/settings/jobs");
    }
}

public sealed record JobsView(IReadOnlyList<JobState> Jobs, IReadOnlyList<WorkRow> Work)
{
    /// <summary>Whether the page will look different in a moment.</summary>
    public bool IsMoving => Jobs.Any(j => j.Last is { EndedAt: null }) || Work.Any(w => w.Item.State is Domain.Automation.WorkState.Waiting or Domain.Automation.WorkState.Running);
}
