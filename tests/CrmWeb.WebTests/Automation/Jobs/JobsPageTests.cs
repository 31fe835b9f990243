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
        var before = await app.ReadAsync(db => db.Set<JobRun>().Select(r => r.Id).ToListAsync(ct));
        var page = await (await app.AsAsync(People.Admin)).OpenAsync("/settings/jobs");

        page = await page.SubmitAsync("form[action='/settings/jobs/figures/run']");

        Assert.Equal((HttpStatusCode.Redirect, "/settings/jobs"), (page.Status, page.Location));
        var run = await app.ReadAsync(db => db.Set<JobRun>().Where(r => r.Job == "figures" && !before.Contains(r.Id)).OrderByDescending(r => r.Id).FirstAsync(ct));
        for (var tries = 0; run.EndedAt is null && tries < 200; tries++)
        {
            await Task.Delay(100, ct);
            run = await app.ReadAsync(db => db.Set<JobRun>().AsNoTracking().SingleAsync(r => r.Id == run.Id, ct));
        }
        Assert.NotNull(run.EndedAt);
        Assert.Null(run.Error);
        var noted = (await (await app.AsAsync(People.Admin)).OpenAsync("/settings/audit?kind=JobAskedFor")).Text;
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{People.Admin.Name} · Job run by hand · Scheduled job {run.Id} · Recount customer figures"), noted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_there_is_not_is_not_found()
    {
        var answer = await (await app.AsAsync(People.Admin)).PostAsync("/settings/jobs/nothing/run");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task A_job_tells_its_schedule_and_its_runs()
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await AddAsync(new JobRun { Id = 81_001, Job = "figures", DueAt = now.AddDays(-3), StartedAt = now.AddDays(-3), EndedAt = now.AddDays(-3).AddSeconds(12), Rows = 345 },
            new JobRun { Id = 81_002, Job = "figures", DueAt = now.AddDays(-4), StartedAt = now.AddDays(-4), EndedAt = now.AddDays(-4).AddSeconds(1), Error = "IOException ABCD2345" });
        var browser = await app.AsAsync(People.Admin);

        var page = await browser.OpenAsync("/settings/jobs/figures");
        var chinese = await browser.OpenAsync("/settings/jobs");

        Assert.Equal("Recount customer figures", page.Title);
        Assert.Contains("Every day at 02:15", page.Text, StringComparison.Ordinal); // her clock is UTC
        Assert.Contains("Done in 12.0 s", page.Text, StringComparison.Ordinal);
        Assert.Contains("345", page.Text, StringComparison.Ordinal);
        Assert.Contains("Failed IOException ABCD2345", page.Text, StringComparison.Ordinal);
        Assert.Contains("Every minute", chinese.TextOf("#job-outbox"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/settings/jobs/nothing")).Status);
    }

    [Fact]
    public async Task Failed_work_begins_anew_once_and_comes_to_its_end()
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await AddAsync(new JobRun { Id = 81_011, Job = "tidy", DueAt = now.AddMinutes(-7), StartedAt = now, EndedAt = now, Error = "IOException ABCD2345" }, Work(81_012, 81_011, WorkState.Failed, now, "IOException ABCD2345"));
        var browser = await app.AsAsync(People.Admin);

        var page = await browser.OpenAsync("/settings/jobs");
        Assert.Contains("Remove old runs", page.TextOf("#work-81012"), StringComparison.Ordinal);
        Assert.Contains("IOException ABCD2345", page.TextOf("#work-81012"), StringComparison.Ordinal);
        page = await page.SubmitAsync("form[action='/settings/jobs/81012/retry']");

        Assert.Equal((HttpStatusCode.Redirect, "/settings/jobs"), (page.Status, page.Location));
        var item = await UntilAsync(81_012, WorkState.Done);
        Assert.Equal((null, 1), (item.Error, item.Attempts));
        Assert.Contains("Background work begun anew · Background work 81012 · Job run by hand", (await browser.OpenAsync("/settings/audit?kind=WorkRetried")).Text, StringComparison.Ordinal);
        Assert.Null((await app.ReadAsync(db => db.Set<JobRun>().SingleAsync(r => r.Id == 81_011, Ct))).Error);
        var again = await browser.PostAsync("/settings/jobs/81012/retry");
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("This work has not failed", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_was_overtaken_is_not_begun_anew()
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await AddAsync(Work(81_021, 81_020, WorkState.Failed, now), Work(81_022, 81_020, WorkState.Done, now));

        var answer = await (await app.AsAsync(People.Admin)).PostAsync("/settings/jobs/81021/retry");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("There is newer work", answer.Text, StringComparison.Ordinal);
        Assert.Equal(WorkState.Failed, (await app.ReadAsync(db => db.Set<WorkItem>().SingleAsync(i => i.Id == 81_021, Ct))).State);
    }

    [Fact]
    public async Task Work_that_waits_is_stopped_and_its_run_knows_it()
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await AddAsync(new JobRun { Id = 81_031, Job = "tidy", DueAt = now.AddMinutes(-9), StartedAt = now }, Work(81_032, 81_031, WorkState.Waiting, now.AddHours(2)));
        var browser = await app.AsAsync(People.Admin);

        await (await browser.OpenAsync("/settings/jobs")).SubmitAsync("form[action='/settings/jobs/81032/cancellation']");

        Assert.Equal(WorkState.Cancelled, (await app.ReadAsync(db => db.Set<WorkItem>().SingleAsync(i => i.Id == 81_032, Ct))).State);
        var run = await app.ReadAsync(db => db.Set<JobRun>().SingleAsync(r => r.Id == 81_031, Ct));
        Assert.Equal(("Work.Stopped", true), (run.Error, run.EndedAt is not null));
        Assert.Contains("Background work stopped · Background work 81032", (await browser.OpenAsync("/settings/audit?kind=WorkStopped")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/settings/jobs/81032/cancellation")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync("/settings/jobs/987654321/cancellation")).Status);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static WorkItem Work(long id, long subject, WorkState state, DateTime due, string? error = null) =>
        new() { Id = id, Kind = "job.run", SubjectId = subject, UserId = People.Admin.Id, State = state, Attempts = state == WorkState.Failed ? 5 : 0, CreatedAt = due, DueAt = due, EndedAt = state == WorkState.Waiting ? null : due, Error = error };

    private Task AddAsync(params object[] rows) => app.ReadAsync(async db =>
    {
        db.AddRange(rows);
        return await db.SaveChangesAsync(Ct);
    });

    private async Task<WorkItem> UntilAsync(long id, WorkState state)
    {
        for (var tries = 0; ; tries++)
        {
            var item = await app.ReadAsync(db => db.Set<WorkItem>().AsNoTracking().SingleAsync(i => i.Id == id, Ct));
            if (item.State == state || tries > 200)
                return item;
            await Task.Delay(100, Ct);
        }
    }
}
