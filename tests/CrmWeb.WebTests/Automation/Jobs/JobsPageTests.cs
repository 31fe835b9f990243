using System.Net;
using CrmWeb.Domain.Automation;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Automation;

public sealed class JobsPageTests(CrmApp app)
{
    [Fact]
    public async Task A_job_that_is_asked_for_runs_in_the_background()
    {
        var ct = TestContext.Current.CancellationToken;
        var page = await (await app.AsAsync(People.Admin)).OpenAsync("/settings/jobs");

        page = await page.SubmitAsync("form[action='/settings/jobs/figures/run']");

        Assert.Equal((HttpStatusCode.Redirect, "/settings/jobs"), (page.Status, page.Location));
        var run = await app.ReadAsync(db => db.Set<JobRun>().Where(r => r.Job == "figures").OrderByDescending(r => r.Id).FirstAsync(ct));
        for (var tries = 0; run.EndedAt is null && tries < 200; tries++)
        {
            await Task.Delay(100, ct);
            run = await app.ReadAsync(db => db.Set<JobRun>().AsNoTracking().SingleAsync(r => r.Id == run.Id, ct));
        }
        Assert.NotNull(run.EndedAt);
        Assert.Null(run.Error);
    }

    [Fact]
    public async Task A_job_that_there_is_not_is_not_found()
    {
        var answer = await (await app.AsAsync(People.Admin)).PostAsync("/settings/jobs/nothing/run");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }
}
