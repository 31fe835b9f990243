using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Automation;
using CrmWeb.Services.Automation;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Access;

public sealed class PasswordResetTests(CrmApp app)
{
    private const string NewPassword = "another long password";

    [Fact]
    public async Task A_link_sets_the_password_once_and_ends_the_sessions()
    {
        var user = await People.AddAsync(app, "Fay Forgetful", BuiltInRoles.Sales);
        var open = await app.SignInAsync(user);
        var link = await LinkAsync(app, user);

        var page = await (await app.NewBrowser().OpenAsync(link)).SubmitAsync(("Password", NewPassword));

        Assert.Equal("/sign-in", page.Location);
        Assert.StartsWith("/sign-in", (await open.OpenAsync("/today")).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await app.NewBrowser().OpenAsync(link)).Status);
        Assert.NotNull((await app.SignInAsync(user, NewPassword)).Cookie("crm"));
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_up()
    {
        var link = await LinkAsync(app, await People.AddAsync(app, "Sid Scanned", BuiltInRoles.Sales));

        await app.NewBrowser().OpenAsync(link);

        Assert.Equal(HttpStatusCode.OK, (await app.NewBrowser().OpenAsync(link)).Status);
    }

    [Fact]
    public async Task A_link_is_too_old_after_an_hour()
    {
        await using var own = await CrmApp.StartAsync();
        var link = await LinkAsync(own, People.Sales);

        own.Clock.Ahead = TimeSpan.FromMinutes(61);

        Assert.Equal(HttpStatusCode.Gone, (await own.NewBrowser().OpenAsync(link)).Status);
    }

    [Fact]
    public async Task Nobody_gets_more_than_three_mails_an_hour_and_whoever_asks_is_not_told()
    {
        await using var own = await CrmApp.StartAsync();
        Task<int> MailsAsync() => own.ReadAsync(db => db.Set<OutboxMessage>().CountAsync(m => m.ForUserId == People.Sales.Id, TestContext.Current.CancellationToken));
        async Task<string> AskAsync() => (await (await own.NewBrowser().OpenAsync("/password/forgotten")).SubmitAsync(("Email", People.Sales.Email!))).Text;
        var answers = new List<string>();
        for (var i = 0; i < 5; i++)
            answers.Add(await AskAsync());
        var mails = await MailsAsync();

        own.Clock.Ahead = TimeSpan.FromMinutes(61);
        await AskAsync();

        Assert.Equal((3, 4), (mails, await MailsAsync()));
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task A_changed_link_opens_nothing()
    {
        var link = await LinkAsync(app, await People.AddAsync(app, "Tam Tampered", BuiltInRoles.Sales));

        Assert.Equal(HttpStatusCode.Gone, (await app.NewBrowser().OpenAsync(link[..^4] + "AAAA")).Status);
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail()
    {
        var known = await (await app.NewBrowser().OpenAsync("/password/forgotten")).SubmitAsync(("Email", People.Other.Email!));
        var unknown = await (await app.NewBrowser().OpenAsync("/password/forgotten")).SubmitAsync(("Email", "nobody@nowhere.example"));

        Assert.Equal((known.Status, known.Text), (unknown.Status, unknown.Text));
        Assert.False(await app.ReadAsync(db => db.Set<OutboxMessage>().AnyAsync(m => m.To == "nobody@nowhere.example", TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("Demo-2026-crm")]
    [InlineData("a password that has no end a password that has no end a password that has no end a password that has no end a password that has no end")]
    public async Task A_poor_password_is_refused_and_the_link_stays(string password)
    {
        var link = await LinkAsync(app, await People.AddAsync(app, "Paul Poor", BuiltInRoles.Sales));

        var page = await (await app.NewBrowser().OpenAsync(link)).SubmitAsync(("Password", password));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotEqual("", page.ErrorFor("Password"));
        Assert.Equal(HttpStatusCode.OK, (await app.NewBrowser().OpenAsync(link)).Status);
    }

    [Fact]
    public async Task The_link_stands_nowhere_in_the_stored_mail()
    {
        var user = await People.AddAsync(app, "Mo Masked", BuiltInRoles.Sales);

        var token = (await LinkAsync(app, user)).Split("token=")[1];

        var mail = await app.ReadAsync(db => db.Set<OutboxMessage>().SingleAsync(m => m.ForUserId == user.Id, TestContext.Current.CancellationToken));
        Assert.Contains(OutboxMessage.LinkMark, mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(token, mail.Body + mail.SealedLink, StringComparison.Ordinal);
    }

    /// <summary>Path and query of the link in the mail that the user asked for.</summary>
    private static async Task<string> LinkAsync(CrmApp app, User user)
    {
        await (await app.NewBrowser().OpenAsync("/password/forgotten")).SubmitAsync(("Email", user.Email!));
        var mail = await app.ReadAsync(db => db.Set<OutboxMessage>().OrderByDescending(m => m.Id).FirstAsync(m => m.ForUserId == user.Id, TestContext.Current.CancellationToken));
        return new Uri(app.Services.GetRequiredService<ISealer>().Open(OutboxDraft.LinkPurpose, mail.SealedLink!)!).PathAndQuery;
    }
}
