using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.Services.Common;
using CrmWeb.WebTests.Common;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Automation;

/// <summary>The bell, what is behind it, and the stream that keeps it right.</summary>
public sealed class NotificationPagesTests(CrmApp app)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_given_is_told_by_the_bell_read_and_led_to()
    {
        var user = await People.AddAsync(app, "Nora North", BuiltInRoles.Sales);
        var browser = await app.AsAsync(user);
        Assert.False((await browser.OpenAsync("/today")).Has(".badge-dot"));
        var id = await GiveAsync("Aalborg Værft", user);

        var today = await browser.OpenAsync("/today");
        var page = await browser.OpenAsync("/notifications");
        var opened = await page.SubmitAsync("main .new form");

        Assert.Equal("Notifications, 1 new", today.TextOf(".badge-dot"));
        Assert.Contains("CrmWeb gave you Aalborg Værft", page.TextOf("main .new"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, $"/customers/{id}"), (opened.Status, opened.Location));
        page = await browser.OpenAsync("/notifications");
        Assert.False(page.Has("main .new") || page.Has(".badge-dot"));
        Assert.Contains("Aalborg Værft", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_are_read_at_once_and_nobody_opens_anothers()
    {
        var (user, other) = (await People.AddAsync(app, "Nora North", BuiltInRoles.Sales), await People.AddAsync(app, "Otto Other", BuiltInRoles.Sales));
        await GiveAsync("One", user);
        await GiveAsync("Two", user);
        var page = await (await app.AsAsync(user)).OpenAsync("/notifications");
        var address = page.Document.QuerySelector("main .new form")!.GetAttribute("action")!;

        Assert.Equal(HttpStatusCode.NotFound, (await (await app.AsAsync(other)).PostAsync(address)).Status);
        await page.SubmitAsync("form[action='/notifications/reading']");

        Assert.False((await (await app.AsAsync(user)).OpenAsync("/notifications")).Has("main .new"));
    }

    [Fact]
    public async Task The_stream_tells_what_is_new_at_once_and_ends_with_the_session()
    {
        var user = await People.AddAsync(app, "Nora North", BuiltInRoles.Sales);
        var browser = await app.SignInAsync(user);
        using var answer = await FollowAsync(browser);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("0", await NextAsync(events, "unread"));
        await GiveAsync("Aalborg Værft", user);
        Assert.Equal("1", await NextAsync(events, "unread"));

        await browser.PostAsync("/sign-out");
        Assert.Null(await NextAsync(events, "unread"));
        using var again = await FollowAsync(browser);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode); // the browser stops asking
    }

    [Fact]
    public async Task No_more_streams_than_a_person_has_browsers_and_none_for_what_cannot_listen()
    {
        var browser = await app.AsAsync(await People.AddAsync(app, "Nora North", BuiltInRoles.Sales));
        Assert.Equal(HttpStatusCode.NotAcceptable, (await browser.OpenAsync("/live")).Status);

        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 10; i++)
            open.Add(await FollowAsync(browser));
        using var oneMore = await FollowAsync(browser);
        open.ForEach(o => o.Dispose());

        Assert.All(open, o => Assert.Equal(HttpStatusCode.OK, o.StatusCode));
        Assert.Equal(HttpStatusCode.TooManyRequests, oneMore.StatusCode);
    }

    private static Task<HttpResponseMessage> FollowAsync(Browser browser)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/live");
        request.Headers.Accept.Add(new("text/event-stream"));
        return browser.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    /// <summary>The data of the next event of a type; null when the stream ends before.</summary>
    private static async Task<string?> NextAsync(StreamReader events, string type)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (await events.ReadLineAsync(patience.Token) is { } line)
        {
            if (line == $"event: {type}")
                return (await events.ReadLineAsync(patience.Token))!["data: ".Length..];
        }
        return null;
    }

    /// <summary>The product itself gives a customer to somebody.</summary>
    private Task<long> GiveAsync(string name, User owner) => app.DoAsync(s => s.GetRequiredService<IRecordService<Customer>>().CreateAsync(new() { ["name"] = name, ["owner"] = owner.Id }, Ct));
}
