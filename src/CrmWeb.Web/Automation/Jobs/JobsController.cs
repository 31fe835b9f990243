using CrmWeb.Domain.Access;
using CrmWeb.Services.Automation;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Automation.Jobs;

/// <summary>What runs by the clock and in the background.</summary>
[Route("settings/jobs")]
[NeedsRight(SpecialRight.ManageJobs)]
public sealed class JobsController(IJobService jobs) : CrmController
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken ct) => View(await jobs.ShowAsync(ct));

    [HttpPost("{name}/run")]
    public async Task<IActionResult> Run(string name, CancellationToken ct)
    {
        await jobs.RunAsync(name, ct);
        return Said(L["Job.Asked"], "/settings/jobs");
    }
}
