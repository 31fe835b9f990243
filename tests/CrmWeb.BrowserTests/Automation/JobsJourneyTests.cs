using CrmWeb.BrowserTests.Common;
using CrmWeb.Domain.Automation;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.BrowserTests.Automation;

/// <summary>An administrator sees what runs, has a job run now, and begins anew what has failed.</summary>
[Collection("browser")]
public sealed class JobsJourneyTests(Chromium chromium)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_run_and_its_end_is_seen_without_a_click()
    {
        await using var window = await chromium.OpenAsync(People.Admin);
        var page = window.Page;
        await page.GotoAsync("/settings/jobs");

        await page.ClickAsync("#job-figures >> text=Run now");
        await page.WaitForSelectorAsync(".toast:has-text('The job starts within seconds')");
        await page.WaitForSelectorAsync("#job-figures:has-text('Done in')"); // the page looks again by itself
        await page.ClickAsync("#job-figures a");
        await page.WaitForSelectorAsync("h1:has-text('Recount customer figures')");

        Assert.Contains("Done in", await page.InnerTextAsync("#job-now tbody tr:first-child"), StringComparison.Ordinal);
        Assert.Empty(await window.ViolationsAsync());
        Assert.Equal(0, await window.OverflowAsync());
        window.AssertCalm();
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(390, 844)]
    public async Task Failed_work_is_begun_anew_and_goes_from_the_list_when_it_is_done(int width, int height)
    {
        var id = await FailedAsync(width);
        await using var window = await chromium.OpenAsync(People.Admin, width, height);
        var page = window.Page;
        await page.GotoAsync("/settings/jobs");
        await page.WaitForSelectorAsync($"#work-{id}:has-text('Failed'):has-text('IOException ABCD2345')");
        Assert.Empty(await window.ViolationsAsync());
        Assert.Equal(0, await window.OverflowAsync());

        await page.ClickAsync($"#retry-{id}");
        await page.WaitForSelectorAsync(".toast:has-text('It begins again within seconds')");
        await page.WaitForFunctionAsync($"() => !document.getElementById('work-{id}')");

        Assert.Equal(WorkState.Done, (await chromium.App.ReadAsync(db => db.Set<WorkItem>().SingleAsync(i => i.Id == id, Ct))).State);
        window.AssertCalm();
    }

    private Task<long> FailedAsync(int width) => chromium.App.ReadAsync(async db =>
    {
        var (now, run, id) = (chromium.App.Clock.GetUtcNow().UtcDateTime, 82_000 + (2 * width), 82_001 + (2 * width));
        db.Add(new JobRun { Id = run, Job = "tidy", DueAt = now.AddHours(-width), StartedAt = now, EndedAt = now, Error = "IOException ABCD2345" });
        db.Add(new WorkItem { Id = id, Kind = "job.run", SubjectId = run, UserId = People.Admin.Id, State = WorkState.Failed, Attempts = 5, CreatedAt = now, DueAt = now, EndedAt = now, Error = "IOException ABCD2345" });
        await db.SaveChangesAsync(Ct);
        return (long)id;
    });
}
