using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using CrmWeb.WebTests.Common.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Customers;

public sealed class UploadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_of_a_refused_file_are_not_kept_and_those_of_a_taken_one_are()
    {
        await using var app = await CrmApp.StartAsync();
        var (customer, browser) = (await CustomerAsync(app), await app.AsAsync(People.Sales));

        var refused = await UploadAsync(browser, customer, "page.html", "<script>alert(1)</script>"u8.ToArray());
        var disguised = await UploadAsync(browser, customer, "page.txt", "<script>alert(1)</script>"u8.ToArray());
        var noTable = await new Wizard(app, await app.AsAsync(People.Admin)).UploadAsync("zip.csv", [.. "PK\u0003\u0004"u8, .. Enumerable.Range(0, 900).Select(i => (byte)i)]);

        Assert.All([refused, disguised, noTable], page => Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status));
        Assert.Empty(Stored(app));
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(browser, customer, "note.txt", "Hello"u8.ToArray())).Status);
        Assert.Single(Stored(app));
    }

    [Fact]
    public async Task Nobody_stores_more_than_his_share_and_is_told_so()
    {
        await using var app = await CrmApp.StartAsync(("Limits:FilesPerUserMegabytes", "1"));
        var (customer, browser) = (await CustomerAsync(app), await app.AsAsync(People.Sales));
        var half = Enumerable.Repeat((byte)'x', 600_000).ToArray();

        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(browser, customer, "first.txt", half)).Status);
        var second = await UploadAsync(browser, customer, "second.txt", half);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Contains("one person may store 1 MB", second.Text, StringComparison.Ordinal);
        Assert.Equal("first.txt", await app.ReadAsync(db => db.Set<Attachment>().Select(a => a.Name).SingleAsync(Ct)));
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(await app.AsAsync(People.Manager), customer, "third.txt", half)).Status); // another one's share
        var import = await new Wizard(app, browser).UploadAsync("many.csv", [.. "name\n"u8, .. half]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, import.Status);
    }

    [Fact]
    public async Task New_content_takes_the_place_of_the_old_which_stays_to_be_had()
    {
        await using var app = await CrmApp.StartAsync();
        var (customer, browser) = (await CustomerAsync(app), await app.AsAsync(People.Sales));
        await UploadAsync(browser, customer, "offer.txt", "First offer"u8.ToArray());
        var id = await app.ReadAsync(db => db.Set<Attachment>().Select(a => a.Id).SingleAsync(Ct));
        var page = await browser.OpenAsync($"/files/{id}/details");

        Assert.Equal(HttpStatusCode.Redirect, (await ReplaceAsync(browser, page, "another.txt", "Second offer"u8.ToArray())).Status);
        page = await browser.OpenAsync($"/files/{id}/details");
        var same = await ReplaceAsync(browser, page, "offer.txt", "Second offer"u8.ToArray());
        var other = await ReplaceAsync(browser, page, "offer.pdf", "%PDF-1.7 third"u8.ToArray());
        var stale = await browser.PostAsync($"/files/{id}/name", ("version", Guid.NewGuid().ToString()), ("name", "x.txt"));

        Assert.Equal(("Second offer", "First offer", "Second offer"), ((await browser.OpenAsync($"/files/{id}")).Html, (await browser.OpenAsync($"/files/{id}/versions/1")).Html, (await browser.OpenAsync($"/files/{id}/versions/2")).Html));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/files/{id}/versions/3")).Status);
        Assert.Equal(["Version 2", "Version 1"], page.Document.QuerySelectorAll(".mini .t").Select(t => t.TextContent));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "This is the content that is there already."), (same.Status, same.ErrorFor("File")));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "The new content must be a file of the same kind (.txt)."), (other.Status, other.ErrorFor("File")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal(2, Stored(app).Length);
        Assert.Equal(["offer.txt", "offer.txt"], await app.ReadAsync(db => db.Set<TimelineEntry>().Where(t => t.Kind == TimelineKind.FileAdded).Select(t => t.Title).ToListAsync(Ct)));
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.AsAsync(People.Other)).OpenAsync($"/files/{id}/versions/1")).Status); // another team's customer
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.AsAsync(People.Other)).OpenAsync($"/files/{id}/details")).Status);
    }

    [Fact]
    public async Task A_file_is_renamed_within_its_kind_deleted_and_brought_back_with_its_versions()
    {
        await using var app = await CrmApp.StartAsync();
        var (customer, browser) = (await CustomerAsync(app), await app.AsAsync(People.Sales));
        await UploadAsync(browser, customer, "offer.txt", "First offer"u8.ToArray());
        var id = await app.ReadAsync(db => db.Set<Attachment>().Select(a => a.Id).SingleAsync(Ct));

        var page = await browser.OpenAsync($"/files/{id}/details");
        var refused = await page.SubmitAsync("form[action$='/name']", ("name", "offer.exe"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "offer.exe"), (refused.Status, refused.Value("name")));
        Assert.Contains("The ending must stay", refused.ErrorFor("Name"), StringComparison.Ordinal);
        await page.SubmitAsync("form[action$='/name']", ("name", "Offer of May.txt"));
        page = await browser.OpenAsync($"/files/{id}/details");
        Assert.Equal("Offer of May.txt", page.Title);

        var deleted = await page.SubmitAsync("form[action$='/deletion']");

        Assert.Equal($"/customers/{customer}#files", deleted.Location);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/files/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/files/{id}/versions/1")).Status);
        Assert.Contains("Offer of May.txt", (await browser.OpenAsync("/trash")).Text, StringComparison.Ordinal);
        await browser.PostAsync($"/trash/Attachment/{id}/restoration");
        Assert.Equal("First offer", (await browser.OpenAsync($"/files/{id}/versions/1")).Html);
    }

    [Fact]
    public async Task A_picture_is_shown_drawn_anew_and_nothing_else_is()
    {
        await using var app = await CrmApp.StartAsync();
        var (customer, browser) = (await CustomerAsync(app), await app.AsAsync(People.Sales));
        await UploadAsync(browser, customer, "photo.png", Pictures.Png(3_000, 10, "a secret remark", rows: 10));
        await UploadAsync(browser, customer, "bomb.png", Pictures.Png(60_000, 60_000, "", rows: 1));
        await UploadAsync(browser, customer, "broken.png", Pictures.Header(20, 20));
        await UploadAsync(browser, customer, "note.txt", "Hello"u8.ToArray());
        var ids = await app.ReadAsync(db => db.Set<Attachment>().ToDictionaryAsync(a => a.Name, a => a.Id, Ct));

        var picture = await browser.Client.GetAsync($"/files/{ids["photo.png"]}/preview", Ct);
        var bytes = await picture.Content.ReadAsByteArrayAsync(Ct);

        Assert.Equal((HttpStatusCode.OK, "image/webp"), (picture.StatusCode, picture.Content.Headers.ContentType!.MediaType));
        Assert.Equal("default-src 'none'; sandbox", picture.Headers.GetValues("Content-Security-Policy").Single());
        Assert.StartsWith("RIFF", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("a secret remark", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.True((await browser.OpenAsync($"/files/{ids["photo.png"]}/details")).Has($"img[src='/files/{ids["photo.png"]}/preview']"));
        foreach (var name in new[] { "bomb.png", "broken.png", "note.txt" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync($"/files/{ids[name]}/preview")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.AsAsync(People.Other)).OpenAsync($"/files/{ids["photo.png"]}/preview")).Status);
    }

    private static async Task<Page> ReplaceAsync(Browser browser, Page page, string name, byte[] content)
    {
        var form = page.Document.QuerySelector("form[action$='/versions']")!;
        using var body = new MultipartFormDataContent
        {
            { new StringContent(page.Token!), "__RequestVerificationToken" },
            { new StringContent(form.QuerySelector("[name=version]")!.GetAttribute("value")!), "version" },
            { new ByteArrayContent(content), "file", name },
        };
        return await browser.SendAsync(new(HttpMethod.Post, form.GetAttribute("action")) { Content = body });
    }

    private static async Task<long> CustomerAsync(CrmApp app)
    {
        var customer = new Customer { Name = "Halden" };
        customer.Assign(People.Sales.Id, People.North.Id);
        return (await app.AddAsync(customer)).Id;
    }

    private static async Task<Page> UploadAsync(Browser browser, long customer, string name, byte[] content) =>
        await (await browser.OpenAsync($"/customers/{customer}")).SendFileAsync("main form[action$='/files']", name, content);

    private static string[] Stored(CrmApp app) => Directory.Exists(Path.Combine(app.DataPath, "files")) ? Directory.GetFiles(Path.Combine(app.DataPath, "files"), "*", SearchOption.AllDirectories) : [];
}
