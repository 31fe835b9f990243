using System.Globalization;
using System.Net;
using CrmWeb.WebTests.Common;

namespace CrmWeb.WebTests.Access;

/// <summary>Who asks too often waits, is told for how long, and loses nothing of what he typed but the password.</summary>
public sealed class TooOftenTests
{
    [Fact]
    public async Task Nobody_signed_in_asks_for_more_than_his_share_and_those_signed_in_for_what_they_need()
    {
        await using var app = await CrmApp.StartAsync(("Limits:SignedOutPerMinute", "4"));
        var (somebody, nobody) = (await app.AsAsync(People.Sales), app.NewBrowser()); // two requests to sign in

        Assert.Equal(HttpStatusCode.OK, (await nobody.OpenAsync("/sign-in")).Status);
        Assert.Equal(HttpStatusCode.OK, (await nobody.OpenAsync("/password/forgotten")).Status);
        var refused = await nobody.SendAsync(new(HttpMethod.Get, "/sign-in") { Headers = { { "Accept-Language", "zh-CN" } } });

        Assert.Equal((HttpStatusCode.TooManyRequests, "短时间内尝试次数过多"), (refused.Status, refused.Title));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await nobody.OpenAsync("/health/live")).Status);
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, (await somebody.OpenAsync("/today")).Status);
    }

    [Fact]
    public async Task What_was_typed_comes_back_when_the_wait_is_over_but_for_the_password()
    {
        await using var app = await CrmApp.StartAsync(("Limits:DoorsPerMinute", "1"));
        var browser = app.NewBrowser();
        var token = (await browser.OpenAsync("/sign-in")).Token!;
        await SendAsync(browser, token, ("Email", "ana@x.example"), ("Password", "not the password"));

        var refused = await SendAsync(browser, token, ("Email", "ana@x.example"), ("Password", "not to be kept"), ("ReturnUrl", "/customers"), ("kept-for", "/customers"), ("kept.Name", "Halden"));

        Assert.Equal((HttpStatusCode.TooManyRequests, "Too many tries in a short time"), (refused.Status, refused.Title));
        Assert.DoesNotContain("not to be kept", refused.Html, StringComparison.Ordinal);
        await using var later = await CrmApp.StartAsync(); // where the minute is over
        var back = later.NewBrowser();
        var fresh = (await back.OpenAsync("/sign-in")).Token!;
        var held = refused.Document.QuerySelectorAll("main form[method=post] input[name]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).Where(f => f.Item1 != "__RequestVerificationToken");
        var form = await SendAsync(back, fresh, [.. held]);
        Assert.Equal((HttpStatusCode.OK, "ana@x.example", "/customers", "Halden"), (form.Status, form.Value("Email"), form.Value("ReturnUrl"), form.Value("kept.Name")));
        Assert.Equal("", form.Errors);
    }

    private static Task<Page> SendAsync(Browser browser, string token, params (string Field, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Field, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return browser.SendAsync(request);
    }
}
