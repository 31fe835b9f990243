using System.Globalization;
using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Access;

/// <summary>What cannot be taken back is asked of the person himself, not of a browser he left open.</summary>
public sealed class FreshSignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_typed_a_while_ago_is_asked_for_once_more_and_then_it_goes_on()
    {
        await using var app = await CrmApp.StartAsync();
        var (id, admin) = (await MailAsync(app, People.Sales), await app.AsAsync(People.Admin));
        app.Clock.Ahead = TimeSpan.FromMinutes(11);
        var mail = await admin.OpenAsync($"/settings/outbox/{id}");

        var asked = await mail.SubmitAsync("form[action$='/link']");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Confirm your password"), (asked.Status, asked.Title));
        var wrong = await asked.SubmitAsync(("ConfirmPassword", "not the password"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal("This is not your current password.", wrong.ErrorFor("ConfirmPassword"));
        Assert.DoesNotContain("not the password", wrong.Html, StringComparison.Ordinal);
        Assert.Empty(await RevealedAsync(app));
        var right = await wrong.SubmitAsync(("ConfirmPassword", People.Password));

        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Contains("https://crm.example/one-time", right.Text, StringComparison.Ordinal);
        Assert.Equal((People.Admin.Id, People.Sales.Id), Assert.Single(await RevealedAsync(app)));
        Assert.Contains("one-time", (await mail.SubmitAsync("form[action$='/link']")).Text, StringComparison.Ordinal); // it was typed just now
        Assert.Contains(AuditKind.SignInFailed, await app.ReadAsync(db => db.Set<AuditEntry>().Where(a => a.RecordId == People.Admin.Id).Select(a => a.Kind).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Another_session_of_the_same_person_is_asked_for_itself()
    {
        await using var app = await CrmApp.StartAsync();
        var (id, old) = (await MailAsync(app, People.Sales), await app.SignInAsync(People.Admin));
        app.Clock.Ahead = TimeSpan.FromMinutes(11);
        var fresh = await app.SignInAsync(People.Admin);

        Assert.Equal(HttpStatusCode.OK, (await fresh.PostAsync($"/settings/outbox/{id}/link")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await old.PostAsync($"/settings/outbox/{id}/link")).Status);
    }

    [Fact]
    public async Task Guessing_there_locks_like_at_the_door()
    {
        await using var app = await CrmApp.StartAsync();
        var (id, admin) = (await MailAsync(app, People.Sales), await app.AsAsync(People.Admin));
        app.Clock.Ahead = TimeSpan.FromMinutes(11);
        var asked = await (await admin.OpenAsync($"/settings/outbox/{id}")).SubmitAsync("form[action$='/link']");

        for (var i = 0; i < 5; i++)
            await asked.SubmitAsync(("ConfirmPassword", "not the password"));
        var locked = await asked.SubmitAsync(("ConfirmPassword", People.Password));

        Assert.Equal("Too many wrong tries. Wait 15 minutes, then try again.", locked.ErrorFor("ConfirmPassword"));
        Assert.Empty(await RevealedAsync(app));
    }

    [Fact]
    public async Task Nobody_is_told_a_link_that_would_give_him_more_than_he_has()
    {
        await using var app = await CrmApp.StartAsync();
        var reader = await People.AddAsync(app, "Olga Outbox", await app.AddAsync(new Role { Name = "Reads the outbox", Rights = [SpecialRight.ReadOutbox] }));
        var id = await MailAsync(app, People.Admin);
        var browser = await app.SignInAsync(reader);

        var page = await browser.OpenAsync($"/settings/outbox/{id}");
        var answer = await browser.PostAsync($"/settings/outbox/{id}/link");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.Has("form[action$='/link']"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.DoesNotContain("one-time", answer.Html, StringComparison.Ordinal);
        Assert.Empty(await RevealedAsync(app));
    }

    private static Task<long> MailAsync(CrmApp app, User user) => app.DoAsync(async services =>
    {
        services.GetRequiredService<IMailer>().Queue(user.Email!, "Save", "Save", [], "https://crm.example/one-time", CultureInfo.GetCultureInfo("en"), user.Id);
        await services.GetRequiredService<IUnitOfWork>().SaveAsync(Ct);
        return await services.GetRequiredService<Data.Common.CrmDb>().Set<OutboxMessage>().MaxAsync(m => m.Id, Ct);
    });

    private static Task<List<(long?, long)>> RevealedAsync(CrmApp app) => app.ReadAsync(async db =>
        (await db.Set<AuditEntry>().Where(a => a.Kind == AuditKind.LinkRevealed).Select(a => new { a.UserId, a.RecordId }).ToListAsync(Ct)).ConvertAll(a => (a.UserId, a.RecordId)));
}
