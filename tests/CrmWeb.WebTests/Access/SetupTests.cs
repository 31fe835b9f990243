using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Web.Access.Setup;
using CrmWeb.WebTests.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.WebTests.Access;

public sealed class SetupTests
{
    private const string Password = "a long first password";

    private static (string, string)[] Typed(string code, string email = "ada@firm.example") =>
        [("Code", code), ("Organisation", "Halden"), ("Country", "Sweden"), ("Language", "en"), ("TimeZone", "Europe/Stockholm"), ("Currency", "SEK"), ("Name", "Ada"), ("Email", email), ("Password", Password)];

    [Fact]
    public async Task The_first_person_sets_the_firm_up_signs_in_and_closes_the_door_behind_him()
    {
        await using var app = await CrmApp.StartEmptyAsync();
        var browser = app.NewBrowser();
        var page = await browser.VisitAsync("/sign-in");

        page = await page.SubmitAsync(Typed(CodeOf(app)));

        Assert.Equal("/", page.Location);
        Assert.Equal("/today", (await browser.OpenAsync("/")).Location);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous().OpenAsync("/setup")).Status);
        var firm = await app.ReadAsync(db => db.Set<Organisation>().SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("Halden", "SE", "SEK"), (firm.Name, firm.Country, firm.Currency));
    }

    [Fact]
    public async Task Without_the_code_of_the_console_nothing_is_made_and_what_was_typed_stays()
    {
        await using var app = await CrmApp.StartEmptyAsync();
        var page = await app.NewBrowser().OpenAsync("/setup");

        page = await page.SubmitAsync(Typed("wrong"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.NotEqual("", page.ErrorFor("Code"));
        Assert.Equal("Halden", page.Value("Organisation"));
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Organisation>().CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Two_at_once_make_one_administrator()
    {
        await using var app = await CrmApp.StartEmptyAsync();
        var pages = await Task.WhenAll(app.NewBrowser().OpenAsync("/setup"), app.NewBrowser().OpenAsync("/setup"));

        await Task.WhenAll(pages[0].SubmitAsync(Typed(CodeOf(app), "one@firm.example")), pages[1].SubmitAsync(Typed(CodeOf(app), "two@firm.example")));

        Assert.Equal(1, await app.ReadAsync(db => db.Set<User>().CountAsync(u => u.Email != null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_command_line_adds_an_administrator_and_closes_the_set_up_page()
    {
        await using var app = await CrmApp.StartEmptyAsync();
        await using var output = new StringWriter();

        var result = await app.DoAsync(services => new CreateAdminVerb(new StringReader(Password))
            .RunAsync(new(["--email", "ada@firm.example", "--password-stdin"], new HashSet<string>(StringComparer.Ordinal) { "--password-stdin" }), services, output, TestContext.Current.CancellationToken));

        Assert.Equal(0, result);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous().OpenAsync("/setup")).Status);
        var page = await (await app.NewBrowser().OpenAsync("/sign-in")).SubmitAsync(("Email", "ada@firm.example"), ("Password", Password));
        Assert.Equal("/", page.Location);
    }

    [Theory]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("::1", null, false)]
    [InlineData("127.0.0.1", "X-Forwarded-For", true)]
    [InlineData("192.0.2.7", null, true)]
    [InlineData(null, null, true)]
    public void Only_who_sits_at_the_machine_is_not_asked_for_the_code(string? peer, string? header, bool isAsked)
    {
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer) } };
        if (header is not null)
            http.Request.Headers[header] = "198.51.100.1";

        Assert.Equal(isAsked, SetupCode.IsAsked(http));
    }

    private static string CodeOf(CrmApp app) => app.Services.GetRequiredService<SetupCode>().Text;
}
