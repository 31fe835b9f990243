using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Automation;

public sealed class OutboxPagesTests(CrmApp app)
{
    [Fact]
    public async Task A_link_is_hidden_until_it_is_revealed_and_that_leaves_a_trace()
    {
        var id = await QueueAsync("https://crm.example/one-time", People.Sales);
        var browser = await app.AsAsync(People.Admin);

        var page = await browser.OpenAsync($"/settings/outbox/{id}");
        Assert.Contains("•••", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("one-time", page.Html, StringComparison.Ordinal);
        page = await page.SubmitAsync("form[action$='/link']");

        Assert.Contains("https://crm.example/one-time", page.Text, StringComparison.Ordinal);
        var revealed = await app.ReadAsync(db => db.Set<AuditEntry>().Where(a => a.Kind == AuditKind.LinkRevealed).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Contains(revealed, a => a.RecordId == People.Sales.Id && a.UserId == People.Admin.Id);
    }

    [Fact]
    public async Task A_mail_to_nobody_of_ours_keeps_its_link()
    {
        var id = await QueueAsync("https://crm.example/for-a-stranger", user: null);
        var browser = await app.AsAsync(People.Admin);

        var shown = await browser.OpenAsync($"/settings/outbox/{id}");
        var answer = await browser.PostAsync($"/settings/outbox/{id}/link");

        Assert.False(shown.Has("form[action$='/link']"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("for-a-stranger", answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_names_the_mails()
    {
        await QueueAsync(link: null, People.Sales);

        var page = await (await app.AsAsync(People.Admin)).OpenAsync("/settings/outbox");

        Assert.Contains(People.Sales.Email!, page.Text, StringComparison.Ordinal);
        Assert.Contains("There is no mail server", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_cut_to_a_state_and_a_failed_mail_is_tried_again()
    {
        var id = await QueueAsync(link: null, People.Manager);
        await app.ReadAsync(db => db.Set<OutboxMessage>().Where(m => m.Id == id).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, OutboxState.Failed).SetProperty(m => m.Subject, "Given up"), TestContext.Current.CancellationToken));
        var browser = await app.AsAsync(People.Admin);

        var failed = await browser.OpenAsync("/settings/outbox?state=Failed");
        var sent = await browser.OpenAsync("/settings/outbox?state=Sent");
        var page = await (await browser.OpenAsync($"/settings/outbox/{id}")).SubmitAsync("form[action$='/retry']");

        Assert.Contains("Given up", failed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Given up", sent.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.NotEqual(OutboxState.Failed, (await app.ReadAsync(db => db.Set<OutboxMessage>().AsNoTracking().SingleAsync(m => m.Id == id, TestContext.Current.CancellationToken))).State);
    }

    private Task<long> QueueAsync(string? link, User? user) => app.DoAsync(async services =>
    {
        services.GetRequiredService<IMailer>().Queue(user?.Email ?? "stranger@x.example", "Save", "Save", [], link, CultureInfo.GetCultureInfo("en"), user?.Id);
        await services.GetRequiredService<IUnitOfWork>().SaveAsync(TestContext.Current.CancellationToken);
        return await services.GetRequiredService<Data.Common.CrmDb>().Set<OutboxMessage>().MaxAsync(m => m.Id, TestContext.Current.CancellationToken);
    });
}
