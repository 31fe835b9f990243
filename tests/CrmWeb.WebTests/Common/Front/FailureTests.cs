using System.Text.RegularExpressions;

namespace CrmWeb.WebTests.Common.Front;

public sealed partial class FailureTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task A_failure_is_logged_once_under_the_code_the_page_shows()
    {
        host.Log.Clear();

        var page = await host.Visitor().GetAsync("/sample/boom");

        var code = Code.Match(page.Said("main .ref")).Value;
        Assert.Equal(500, page.Status);
        Assert.Equal("Something broke on our side", page.Said("h1"));
        Assert.Equal($"GET /sample/boom failed, reference {code}", Assert.Single(host.Log).Text);
        Assert.DoesNotContain("boom, said", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_part_of_a_page_it_is_a_toast()
    {
        var part = await host.Visitor("zh").GetAsync("/sample/boom", ("HX-Request", "true"));

        Assert.Equal(500, part.Status);
        Assert.Empty(part.Document.QuerySelectorAll("main"));
        Assert.Contains("系统出现故障", part.Said(".toast-bad"), StringComparison.Ordinal);
        Assert.Matches(Code, part.Said(".toast-bad"));
    }

    [Theory]
    [InlineData(400, "The server could not read this request")]
    [InlineData(403, "You may not do this")]
    [InlineData(404, "There is nothing here")]
    [InlineData(409, "Someone changed this before you")]
    [InlineData(418, "The server could not read this request")]
    [InlineData(503, "The system is busy")]
    public async Task A_status_without_a_body_gets_its_page(int status, string title)
    {
        var page = await host.Visitor().GetAsync($"/sample/status/{status}");

        Assert.Equal(status, page.Status);
        Assert.Equal(title, page.Said("h1"));
        Assert.NotNull(page.Document.QuerySelector(".sidebar"));
    }

    [Fact]
    public async Task Those_signed_out_get_it_without_the_shell()
    {
        var page = await host.Visitor(signedIn: false).GetAsync("/no/such/page");

        Assert.Equal(404, page.Status);
        Assert.Null(page.Document.QuerySelector(".sidebar"));
        Assert.NotNull(page.Document.QuerySelector(".problem.card"));
    }

    [Fact]
    public async Task What_the_server_knows_more_exactly_it_says()
    {
        var visitor = host.Visitor();

        Assert.Contains("Try again in 30 seconds.", (await visitor.GetAsync("/sample/status/429")).Said(".problem"), StringComparison.Ordinal);
        Assert.Contains("the right “Manage users”", (await visitor.GetAsync("/sample/denied")).Said(".problem"), StringComparison.Ordinal);
        Assert.Equal(413, (await visitor.GetAsync("/sample/too-large")).Status);
    }

    [Fact]
    public async Task Nobody_makes_an_error_page_by_asking_for_it()
    {
        Assert.Equal(404, (await host.Visitor().GetAsync("/errors/500")).Status);
        Assert.Equal(404, (await host.Visitor().GetAsync("/errors/200")).Status);
    }

    [Fact]
    public async Task When_not_even_the_shell_can_be_made_there_is_still_a_sentence()
    {
        var page = await host.Visitor().GetAsync("/sample/boom", ("X-Broken", "1"));

        Assert.Equal(500, page.Status);
        Assert.Equal("Something broke on our side", page.Said("h1"));
        Assert.Matches(Code, page.Said(".ref"));
    }

    [GeneratedRegex("[A-Z2-9]{8}", RegexOptions.None, 1000)]
    private static partial Regex Code { get; }
}
