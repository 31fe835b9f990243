namespace CrmWeb.WebTests.Common.Front;

public sealed class ShellTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Only_doors_that_open_are_shown()
    {
        var all = await host.Visitor().GetAsync("/customers/x");
        var none = await host.Visitor(mayAll: false).GetAsync("/customers/x");

        Assert.Equal(["/today", "/customers", "/contacts", "/activities", "/settings/users"], all.Document.QuerySelectorAll(".sidebar .nav a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["/today"], none.Document.QuerySelectorAll(".sidebar .nav a").Select(a => a.GetAttribute("href")));
        Assert.Equal("/customers", all.One(".sidebar a[aria-current=page]").GetAttribute("href"));
        Assert.NotNull(all.Document.QuerySelector("#new-menu a[data-new=c][href='/customers/new']"));
        Assert.Null(none.Document.QuerySelector("#new-menu"));
    }

    [Fact]
    public async Task It_speaks_the_persons_language()
    {
        var page = await host.Visitor("zh").GetAsync("/customers/x");

        Assert.Equal("zh-Hans", page.One("html").GetAttribute("lang"));
        Assert.Equal("客户", page.Said(".sidebar a[href='/customers']"));
        Assert.Contains("这里没有内容", page.Text, StringComparison.Ordinal); // as it is, not as entities
    }

    [Fact]
    public async Task Those_signed_out_choose_their_language_or_get_the_browsers()
    {
        var visitor = host.Visitor(signedIn: false);

        Assert.Equal("zh-Hans", (await visitor.GetAsync("/x", ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8"))).One("html").GetAttribute("lang"));
        Assert.Equal("en", (await visitor.GetAsync("/x", ("Accept-Language", "de-DE,de;q=0.9"))).One("html").GetAttribute("lang"));
        Assert.Equal("zh-Hans", (await visitor.GetAsync("/x?language=zh-Hans")).One("html").GetAttribute("lang"));
        Assert.Equal("zh-Hans", (await visitor.GetAsync("/x", ("Accept-Language", "en"))).One("html").GetAttribute("lang"));
        Assert.Equal("en", (await host.Visitor(signedIn: false).GetAsync("/x?language=../../etc", ("Accept-Language", "en"))).One("html").GetAttribute("lang"));
    }

    [Fact]
    public async Task What_was_done_is_said_once_on_the_next_page()
    {
        var visitor = host.Visitor();
        var token = (await visitor.GetAsync("/x")).One("meta[name=csrf]").GetAttribute("content")!;

        await visitor.PostAsync("/sample/said", [], ("RequestVerificationToken", token));
        var next = await visitor.GetAsync("/x");
        var after = await visitor.GetAsync("/x");

        Assert.Equal("Halden <b>deleted</b>.", next.Said("#toasts .toast > span"));
        Assert.Equal("/sample/undo", next.One("#toasts form").GetAttribute("action"));
        Assert.NotNull(next.Document.QuerySelector("#toasts form input[name=__RequestVerificationToken]"));
        Assert.Empty(after.Document.QuerySelectorAll("#toasts .toast"));
    }

    [Fact]
    public async Task Every_posted_form_has_its_token_and_no_page_has_anything_inline()
    {
        var page = await host.Visitor().GetAsync("/x");

        Assert.All(page.Document.QuerySelectorAll("form[method=post]"), form => Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]")));
        Assert.Empty(page.Document.QuerySelectorAll("style, script:not([src]), [style]"));
        Assert.DoesNotContain(page.Document.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Value.StartsWith("data:", StringComparison.Ordinal));
        Assert.Single(page.Document.QuerySelectorAll("h1"));
    }
}
