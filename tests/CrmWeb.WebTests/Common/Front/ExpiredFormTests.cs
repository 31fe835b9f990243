namespace CrmWeb.WebTests.Common.Front;

public sealed class ExpiredFormTests(FrontHost host) : IClassFixture<FrontHost>
{
    private static readonly (string, string) OwnPage = ("Sec-Fetch-Site", "same-origin");

    [Fact]
    public async Task What_was_typed_is_kept_and_can_be_sent_again()
    {
        var visitor = host.Visitor();

        var page = await visitor.PostAsync("/sample/form?from=list", [("Name", "<Ana>"), ("Flavour", "Sweet"), ("__RequestVerificationToken", "old")], OwnPage);

        Assert.Equal(400, page.Status);
        Assert.Equal("This page was open too long", page.Said("h1"));
        Assert.Contains("<Ana>", page.Said(".kv"), StringComparison.Ordinal);
        Assert.Equal("/sample/form?from=list", page.One("main form").GetAttribute("action"));

        var saved = await visitor.SubmitAsync(page);

        Assert.Equal(200, saved.Status);
        Assert.Contains("\"name\":\"\\u003CAna\\u003E\"", saved.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cross-site", "Name")]
    [InlineData("same-origin", "NewPassword")]
    public async Task A_foreign_form_or_a_password_is_never_offered_again(string site, string field)
    {
        var page = await host.Visitor().PostAsync("/sample/form", [(field, "abc")], ("Sec-Fetch-Site", site));

        Assert.Equal(400, page.Status);
        Assert.Empty(page.Document.QuerySelectorAll("main form[action='/sample/form']"));
    }

    [Fact]
    public async Task In_a_part_of_a_page_it_is_a_toast()
    {
        var part = await host.Visitor().PostAsync("/sample/form", [("Name", "Ana")], OwnPage, ("HX-Request", "true"));

        Assert.Equal(400, part.Status);
        Assert.NotNull(part.Document.QuerySelector(".toast-bad"));
        Assert.Null(part.Document.QuerySelector("main"));
    }
}
